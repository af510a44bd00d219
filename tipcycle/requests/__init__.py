"""What is each country on the special watch list asked? Pure: plan, placement, calendar and law in, content out."""
