"""What the students learn from: handwritten digits, a problem with known truth, images of the user, and text."""
