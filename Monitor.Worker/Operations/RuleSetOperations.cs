using System.Globalization;
using Monitor.Rules.Hashing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>
/// Versions of rule sets. Each that comes into force is stored whole, with who, when and why, before the first finding can quote it.
/// Where the installation says so it takes two people; otherwise a valid file is in force and its version is written down by the system.
/// </summary>
public sealed class RuleSetOperations(Desk desk) : IDisposable
{
    private readonly SemaphoreSlim _recording = new(1, 1);
    private string _recorded = "";

    public RulesInForce InForce { get; } = new();

    public void Dispose() => _recording.Dispose();

    /// <summary>Reads the activated versions. Returns the ids of those that cannot be read any more; they are not in force.</summary>
    public async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellation)
    {
        var damaged = new List<string>();
        var sets = new Dictionary<string, RuleSet>(StringComparer.Ordinal);
        foreach (var version in await desk.Store.RuleSetVersionsAsync(null, cancellation))
        {
            if (version.State != RuleSetState.Active)
            {
                continue;
            }

            if (Read(version).Set is { } set)
            {
                sets[set.Name] = set;
            }
            else
            {
                damaged.Add(version.Id);
            }
        }

        InForce.Replace(sets);
        return damaged;
    }

    /// <summary>Writes down the versions that a configuration puts into force by itself. Does nothing a second time.</summary>
    public async Task RecordAsync(MonitorConfiguration configuration, CancellationToken cancellation)
    {
        if (configuration.Installation.Rules.Activation != RuleActivation.Automatic || Volatile.Read(ref _recorded) == configuration.Fingerprint)
        {
            return;
        }

        await _recording.WaitAsync(cancellation);
        try
        {
            if (_recorded == configuration.Fingerprint)
            {
                return;
            }

            // An inspection that began before a reload still works with the configuration of then: its versions are kept, not put into force again.
            var current = configuration.Fingerprint == desk.Configuration.Fingerprint;
            foreach (var (name, source) in configuration.RuleSources)
            {
                await RecordAsync(configuration.RuleSets[name], source, current, cancellation);
            }

            if (current)
            {
                // What is written down here stays in force when the installation asks for two people from now on.
                await LoadAsync(cancellation);
                Volatile.Write(ref _recorded, configuration.Fingerprint);
            }
        }
        finally
        {
            _recording.Release();
        }
    }

    /// <summary>What the file says now waits for a second person. A proposal that waited before is withdrawn.</summary>
    public Task<OperationResult<RuleSetVersion>> ProposeAsync(Actor actor, string set, string reason, CancellationToken cancellation) => desk.ActAsync<RuleSetVersion>(async token =>
    {
        if (Refused(actor, set, reason) is { } refusal)
        {
            return refusal;
        }

        var configuration = desk.Configuration;
        if (!configuration.RuleSets.TryGetValue(set, out var current))
        {
            return Refusal.NotFound("rule set", set);
        }

        var versions = await desk.Store.RuleSetVersionsAsync(set, token);
        if (versions.LastOrDefault(version => version.Digest == current.Digest && version.State is RuleSetState.Proposed or RuleSetState.Active) is { } same)
        {
            return new Refusal(RefusalKind.Conflict, "rules-same", set, Text(same.Number), same.State.ToString());
        }

        if (Conflict(current) is { } conflict)
        {
            return conflict;
        }

        var changes = new ChangeSet();
        foreach (var waiting in versions.Where(version => version.State == RuleSetState.Proposed))
        {
            changes.Put(waiting with { State = RuleSetState.Withdrawn, EndedAt = desk.Now, EndedBy = actor.Id }).Log(actor.Log(desk.Now, "withdraw-rules", waiting.Id, "proposed anew", null, DigestOf(waiting)));
        }

        var proposed = New(current, configuration.RuleSources[set], versions, actor.Id, reason.Trim(), RuleSetState.Proposed);
        return Decided<RuleSetVersion>.To(proposed, changes.Put(proposed).Log(actor.Log(desk.Now, "propose-rules", proposed.Id, reason.Trim(), null, DigestOf(proposed))));
    }, cancellation);

    /// <summary>The second person puts the proposed version into force.</summary>
    /// <param name="number">The version they looked at: another that took its place meanwhile is not activated. Null: whichever waits.</param>
    public async Task<OperationResult<RuleSetVersion>> ActivateAsync(Actor actor, string set, string reason, int? number, CancellationToken cancellation)
    {
        var result = await desk.ActAsync<RuleSetVersion>(async token =>
        {
            if (Refused(actor, set, reason) is { } refusal)
            {
                return refusal;
            }

            var versions = await desk.Store.RuleSetVersionsAsync(set, token);
            if (versions.LastOrDefault(version => version.State == RuleSetState.Proposed) is not { } proposed)
            {
                return new Refusal(RefusalKind.Conflict, "rules-nothing-proposed", set);
            }

            if (number is { } wanted && wanted != proposed.Number)
            {
                return new Refusal(RefusalKind.Conflict, "rules-other-version", set, Text(wanted), Text(proposed.Number), proposed.Digest, proposed.ProposedBy);
            }

            if (proposed.ProposedBy == actor.Id)
            {
                return new Refusal(RefusalKind.NotAllowed, "same-person", proposed.Id);
            }

            if (Read(proposed) is not { Set: { } read })
            {
                return new Refusal(RefusalKind.Conflict, "rules-damaged", proposed.Id, Read(proposed).Problems[0].Message.English);
            }

            if (Conflict(read) is { } conflict)
            {
                return conflict;
            }

            var changes = new ChangeSet();
            foreach (var former in versions.Where(version => version.State == RuleSetState.Active))
            {
                changes.Put(former with { State = RuleSetState.Superseded, EndedAt = desk.Now, EndedBy = actor.Id });
            }

            var activated = proposed with { State = RuleSetState.Active, ActivatedBy = actor.Id, ActivatedAt = desk.Now, ActivateReason = reason.Trim() };
            return Decided<RuleSetVersion>.To(activated, changes.Put(activated).Log(actor.Log(desk.Now, "activate-rules", activated.Id, reason.Trim(), proposed.ProposedBy, DigestOf(activated))));
        }, cancellation);
        await LoadAsync(cancellation);
        return result;
    }

    /// <summary>A proposal that nobody will activate.</summary>
    public Task<OperationResult<RuleSetVersion>> WithdrawAsync(Actor actor, string set, string reason, CancellationToken cancellation) => desk.ActAsync<RuleSetVersion>(async token =>
    {
        if (Refused(actor, set, reason) is { } refusal)
        {
            return refusal;
        }

        if ((await desk.Store.RuleSetVersionsAsync(set, token)).LastOrDefault(version => version.State == RuleSetState.Proposed) is not { } proposed)
        {
            return new Refusal(RefusalKind.Conflict, "rules-nothing-proposed", set);
        }

        var withdrawn = proposed with { State = RuleSetState.Withdrawn, EndedAt = desk.Now, EndedBy = actor.Id };
        return Decided<RuleSetVersion>.To(withdrawn, new ChangeSet().Put(withdrawn).Log(actor.Log(desk.Now, "withdraw-rules", withdrawn.Id, reason.Trim(), null, DigestOf(withdrawn))));
    }, cancellation);

    /// <summary>A stored version as rules again.</summary>
    public RuleSetReading Read(RuleSetVersion version) =>
        RuleSetReader.Read(new RuleSetSource(version.Id + ".yaml", version.Text, version.Guidance), desk.Today, lint: false);

    private async Task RecordAsync(RuleSet set, RuleSetSource source, bool current, CancellationToken cancellation) => await desk.ActAsync<RuleSetVersion>(async token =>
    {
        var versions = await desk.Store.RuleSetVersionsAsync(set.Name, token);
        var active = versions.LastOrDefault(version => version.State == RuleSetState.Active);
        if (active?.Digest == set.Digest || (!current && versions.Any(version => version.Digest == set.Digest)))
        {
            return Decided<RuleSetVersion>.Already(active ?? versions[^1]);
        }

        var changes = new ChangeSet();
        foreach (var former in versions.Where(version => current && version.State == RuleSetState.Active))
        {
            changes.Put(former with { State = RuleSetState.Superseded, EndedAt = desk.Now, EndedBy = Actor.System.Id });
        }

        var version = New(set, source, versions, Actor.System.Id, "automatic", RuleSetState.Active) with { ActivatedBy = Actor.System.Id, ActivatedAt = desk.Now, ActivateReason = "automatic" };
        version = current ? version : version with { State = RuleSetState.Superseded, EndedAt = desk.Now, EndedBy = Actor.System.Id };
        return Decided<RuleSetVersion>.To(version, changes.Put(version).Log(Actor.System.Log(desk.Now, "activate-rules", version.Id, "automatic", null, DigestOf(version))));
    }, cancellation);

    private Refusal? Refused(Actor actor, string set, string reason)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier, Role.Administrator) is { } refused)
        {
            return refused;
        }

        return desk.Configuration.Installation.Rules.Activation == RuleActivation.Automatic
            ? new Refusal(RefusalKind.Conflict, "rules-automatic", set)
            : Reason.Check(reason);
    }

    /// <summary>Sets are activated one by one: each must fit beside those in force.</summary>
    private Refusal? Conflict(RuleSet set)
    {
        var others = InForce.Of(desk.Configuration).Values.Where(other => other.Name != set.Name);
        return RuleCompiler.Compile([.. others, set]) is RuleCompilation.Rejected rejected
            ? new Refusal(RefusalKind.Conflict, "rules-conflict", set.Name, rejected.Diagnostics[0].Message)
            : null;
    }

    private RuleSetVersion New(RuleSet set, RuleSetSource source, IReadOnlyList<RuleSetVersion> versions, string by, string reason, RuleSetState state)
    {
        var number = versions.Count == 0 ? 1 : versions.Max(version => version.Number) + 1;
        return new RuleSetVersion
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{set.Name}/{number:D5}"),
            Set = set.Name,
            Number = number,
            Label = set.Version,
            Digest = set.Digest,
            Text = source.Text,
            Guidance = source.Guidance,
            State = state,
            ProposedBy = by,
            ProposedAt = desk.Now,
            ProposeReason = reason,
        };
    }

    private static Digest DigestOf(RuleSetVersion version) => Digest.FromBytes(DigestKind.Sha256, Convert.FromHexString(version.Digest));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
