"""What can be bought: providers, their services and exams, editions with dates and prices, their quality."""
