"""From reviews to a better assistant: what may be learnt from, as files for a pull request, and a trial of them."""
