"""What a planner reads on her screen: plain text, in colour where the screen has it; 80 columns wide.

Colour never tells anything that the words do not. A module per screen, so that a command reads only its own.
"""
