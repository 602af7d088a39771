namespace Monitor.Rules.Removal;

/// <summary>
/// From which vantages a target is looked at. The first one always looks. The others cost their hosts and ours the same again, so they look
/// only when what they see can matter:
/// <list type="bullet">
/// <item>the first saw something other than the content, and not only trouble on the way (a time-out says nothing of either side);</item>
/// <item>or removal is under proof or in doubt: anything but plainly live. Then every line looks each time, or runs would have gaps;</item>
/// <item>or a vantage has not looked at this target among its <see cref="Window"/> latest observations: a line that does not work, or never
/// saw the page alive, should be known before it is needed.</item>
/// </list>
/// </summary>
public static class VantagePlan
{
    /// <summary>Latest observations among which each required vantage has at least one.</summary>
    public const int Window = 32;

    /// <param name="required">The platform's, in its order.</param>
    /// <param name="state">Before this round.</param>
    /// <param name="first">What the first vantage saw of the page.</param>
    /// <param name="recent">Vantages of the <see cref="Window"/> latest observations.</param>
    /// <returns>Further vantages to ask, in order; each once, never the first.</returns>
    public static IReadOnlyList<string> Others(IReadOnlyList<string> required, RemovalState state, LivenessVerdict first, TransportError? trouble, IReadOnlyCollection<string> recent)
    {
        if (required.Count < 2)
        {
            return [];
        }

        var others = required.Skip(1).Where(vantage => vantage != required[0]).Distinct(StringComparer.Ordinal);
        // A missing name is how lines are blocked: somebody with another resolver should look.
        var onlyTrouble = trouble is not null and not TransportError.DnsNxdomain && first.Liveness == Liveness.Inconclusive;
        var matters = (first.Liveness != Liveness.Live && !onlyTrouble) || (state != RemovalState.Live && !onlyTrouble);
        return [.. matters ? others : onlyTrouble ? [] : others.Where(vantage => !recent.Contains(vantage))];
    }
}
