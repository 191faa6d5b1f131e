"""What a rulebook says of one firm, twice: by the definition (`reference`), and by durable_rules.

In: the logic of a rulebook and the figures of a firm, and what follows from its lists. Out: an outcome for every
node, and what is unknown. Must not know: how an outcome is said.

counting: records counted on the day: possible, sure, lacking, uncounted (不算), before it begins, to come, collected
reference: the definition: outcomes of nodes, checks, gates; overlap of spans; points awarded of items and bands;
    unknowns
any_case: checks under borrowed guards that are unknown: the strictest bound of each fact
ending: titles (options of lists) whose term ends soon, and the criteria that cannot be met without them
as_if: a criterion's gates and children for firms that say one value of a choice
sending: values written as JSON fields for durable_rules: exact or rounded, smallest, fixed, ends, truth, the
    difference to right
durable_session: durable_rules' C module: `Session`, `Round`, handle, messages stored, fired, finalizer, disposed
to_durable: `DurableEngine`: rules for nodes by depth and level, guards, scores, signs; what fired is the trace
"""
