# Takes the pins and the signers of local updates of this package out of the stores of this machine. Run it as SYSTEM or elevated.
# -WithRoots: takes roots and intermediates away, too. Only where nothing else on the machine needs them.
param([switch]$WithRoots)
