"""What guests say: questionnaires, their answers, the figures that are published of them, comments and cases."""
