"""The stage of Home and Draw: the canvas, the network at work and its answer in one picture."""
