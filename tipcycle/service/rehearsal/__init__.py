"""A cycle on a fast clock: real flows, real receivers, simulated posts."""
