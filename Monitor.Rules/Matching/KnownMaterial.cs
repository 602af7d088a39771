namespace Monitor.Rules.Matching;

/// <summary>What the matches of one media item together say of it.</summary>
public static class KnownMaterial
{
    /// <summary>
    /// True when a bank confirms these very bytes and no bank calls them harmless. A likeness, a disputed, contradicted or quarantined entry
    /// says nothing of the sort: such media are sealed and shown to a person like any other.
    /// </summary>
    /// <param name="matches">Of one media item.</param>
    public static bool Is(IReadOnlyList<Match> matches) => matches.Any(match => Confirms(match)) && !matches.Any(Contradicts);

    /// <summary>A reason to act, taken by itself.</summary>
    public static bool Confirms(Match match) => match is { Opinion: Opinion.Positive, IsExact: true, Quarantined: false };

    /// <summary>Somebody says that these very bytes are harmless.</summary>
    public static bool Contradicts(Match match) => match is { Opinion: Opinion.Negative, IsExact: true, Quarantined: false };
}
