"""The questionnaire as guests meet it: by an answer point or by an invitation, a section a step."""
