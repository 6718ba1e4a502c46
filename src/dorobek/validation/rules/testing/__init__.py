"""The knowledge test as pure rules: questions, drawing, time, marking, results, figures of questions, QTI (issue 6)."""
