"""What does a cable say, and is it laid out as the handbook asks? Text in, values out: no file, no clock."""
