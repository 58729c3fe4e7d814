"""报送情况: who has reported which month, who is missing and who was late; and review by a second person."""
