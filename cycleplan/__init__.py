"""cycleplan brings the cycle of Dutch municipal councils and the support plans of school partnerships into step.

From a region file to an answer, as the commands do it: ``loading.load_region`` reads it, ``checks.check`` looks
for what makes no sense, ``alignment.align`` computes, ``timeline.build`` tells the story in lanes and the modules
in ``outputs`` render it.
"""

__version__ = "0.1.0"
