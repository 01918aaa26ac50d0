"""Earlier surveys, brought in from a file as answers to a questionnaire; and single answers, taken out again."""
