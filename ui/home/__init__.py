"""The parts of the home page below the stage: what to do next, and the glossary."""
