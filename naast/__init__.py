"""Naast: stands beside a Dutch-speaking parent whose child is blackmailed with intimate images."""
