"""What does the interim assessment say of each country? Facts in their order, without a tier and without adornment."""
