"""What the home page offers below the stage: what to do next."""
