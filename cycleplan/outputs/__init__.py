"""Outputs are pure: each renders an alignment or a timeline to text or bytes, and computes nothing."""
