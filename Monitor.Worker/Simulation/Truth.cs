using Monitor.Rules.Removal;

namespace Monitor.Worker.Simulation;

/// <summary>What a person who looked can say.</summary>
internal enum PersonSight
{
    Live,
    Gone,
    Nothing,
}

/// <summary>
/// What really is with one target, hidden from the proof. Content counts as served until it is taken down: a spell of 404, a wall, an
/// outage or a cloak stands before it and takes nothing away, so a confirmation during one is false.
/// </summary>
internal sealed class Truth
{
    public const string Direct = "direct";
    public const string Abroad = "abroad";
    public const string Human = "human";

    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private static readonly LivenessVerdict Alive = new(Liveness.Live, LivenessReason.Alive, []);
    private static readonly LivenessVerdict NotFound = new(Liveness.Gone, LivenessReason.NotFound404, []);
    private static readonly LivenessVerdict Tombstone = new(Liveness.ProbablyGone, LivenessReason.Tombstone, []);
    private static readonly LivenessVerdict Parked = new(Liveness.ProbablyGone, LivenessReason.Parked, []);
    private static readonly LivenessVerdict Geo = new(Liveness.Restricted, LivenessReason.GeoBlocked, []);
    private static readonly LivenessVerdict Wall = new(Liveness.Inconclusive, LivenessReason.BotWall, []);
    private static readonly LivenessVerdict ServerError = new(Liveness.Inconclusive, LivenessReason.ServerError, []);
    private static readonly LivenessVerdict NoSuchName = new(Liveness.Inconclusive, LivenessReason.DnsNxdomain, []);
    private static readonly LivenessVerdict Shell = new(Liveness.Inconclusive, LivenessReason.JavaScriptShell, []);

    private static readonly IReadOnlyList<(Liveness, LivenessReason)> MediaServed = [(Liveness.Live, LivenessReason.MediaStillServed)];
    private static readonly IReadOnlyList<(Liveness, LivenessReason)> MediaGone = [(Liveness.Gone, LivenessReason.NotFound404)];
    private static readonly IReadOnlyList<(Liveness, LivenessReason)> MediaUnseen = [(Liveness.Inconclusive, LivenessReason.ServerError)];

    private static readonly ControlObservation ControlSays = new(200, true, true, 1);
    private static readonly ControlObservation ControlSilent = new(200, false, true, 1);

    public required Behaviour Behaviour { get; init; }

    /// <summary>Earlier ones win.</summary>
    public required IReadOnlyList<Mask> Masks { get; init; }

    public DateTimeOffset PageGoneAt { get; set; } = Never;

    public DateTimeOffset MediaGoneAt { get; set; } = Never;

    public DateTimeOffset BackAt { get; set; } = Never;

    public DateTimeOffset GoneAgainAt { get; set; } = Never;

    /// <summary>After so many checks the machine lines meet a wall; 0: never.</summary>
    public int WallAfter { get; init; }

    /// <summary>The platform's profile says that visitors are walled off.</summary>
    public bool Walled { get; init; }

    /// <summary>A removal shows as a tombstone, not as 404.</summary>
    public bool SoftGone { get; init; }

    public bool ParkedWhenGone { get; init; }

    /// <summary>While it was alive, the control probe looked different.</summary>
    public bool ControlValid { get; init; } = true;

    /// <summary>Number of the person whom the uploader has blocked; -1: none.</summary>
    public int BlockedPerson { get; init; } = -1;

    public bool IsServed(DateTimeOffset at) => PageServed(at) || at < MediaGoneAt;

    /// <summary>Since when nothing is served; null while something is.</summary>
    public DateTimeOffset? GoneSince(DateTimeOffset at) =>
        IsServed(at) ? null : at >= GoneAgainAt ? GoneAgainAt : PageGoneAt > MediaGoneAt ? PageGoneAt : MediaGoneAt;

    /// <summary>What a machine line sees, page and media together.</summary>
    /// <param name="check">Number of this check of the target, from 1.</param>
    /// <param name="withMedia">False: only the page is judged.</param>
    public ProofFact Look(string vantage, DateTimeOffset at, int check, bool withMedia)
    {
        var (page, media) = Sight(vantage == Direct ? Onlookers.Direct : Onlookers.Abroad, at, check);
        return MediaVerdict.Combine(at, vantage, page, withMedia ? media : [], page.Liveness == Liveness.ProbablyGone ? ControlValid ? ControlSays : ControlSilent : null);
    }

    /// <summary>What a person sees who opens the page as an ordinary visitor (on a walled platform: as a member).</summary>
    public PersonSight LookOfPerson(int person, DateTimeOffset at) => Covering(person == BlockedPerson ? Onlookers.BlockedPerson : Onlookers.People, at) switch
    {
        MaskKind.NotFound or MaskKind.Tombstone => PersonSight.Gone,
        MaskKind.Maintenance or MaskKind.Wall or MaskKind.ServerError or MaskKind.NoSuchName => PersonSight.Nothing,
        _ => PageServed(at) ? PersonSight.Live : PersonSight.Gone,
    };

    private (LivenessVerdict Page, IReadOnlyList<(Liveness, LivenessReason)> Media) Sight(Onlookers who, DateTimeOffset at, int check)
    {
        switch (Covering(who, at))
        {
            case MaskKind.NotFound:
                return (NotFound, MediaGone);
            case MaskKind.Tombstone or MaskKind.Maintenance:
                return (Tombstone, MediaGone);
            case MaskKind.GeoBlock:
                return (Geo, MediaUnseen);
            case MaskKind.Wall:
                return (Wall, MediaUnseen);
            case MaskKind.ServerError:
                return (ServerError, MediaUnseen);
            case MaskKind.NoSuchName:
                return (NoSuchName, MediaUnseen);
            case MaskKind.Shell:
                return (Shell, MediaUnseen);
        }

        if (WallAfter > 0 && check > WallAfter)
        {
            return (Wall, MediaUnseen);
        }

        if (PageServed(at))
        {
            return (Alive, MediaServed);
        }

        return (ParkedWhenGone ? Parked : SoftGone ? Tombstone : NotFound, at < MediaGoneAt ? MediaServed : MediaGone);
    }

    private bool PageServed(DateTimeOffset at) => at < PageGoneAt || (at >= BackAt && at < GoneAgainAt);

    private MaskKind? Covering(Onlookers who, DateTimeOffset at)
    {
        for (var i = 0; i < Masks.Count; i++)
        {
            var mask = Masks[i];
            if ((mask.For & who) != 0 && at >= mask.From && at < mask.To)
            {
                return mask.Kind;
            }
        }

        return null;
    }
}
