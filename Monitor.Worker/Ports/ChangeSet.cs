using Monitor.Rules;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Replies;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.Transfers;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Ports;

/// <summary>
/// Everything one act changes, committed whole or not at all. Versioned rows are expected to stand at their
/// <see cref="IVersioned.Version"/> (0: must not exist) and are stored one higher. Every act has at least one custody entry.
/// </summary>
public sealed class ChangeSet
{
    private readonly List<IVersioned> _upserts = [];
    private readonly List<Observation> _observations = [];
    private readonly List<IntakeReport> _reports = [];
    private readonly List<CustodyDraft> _custody = [];
    private readonly List<Lease> _leases = [];

    /// <summary>Rows to write: Target, Candidate, Case, TakedownRequest, Notice, OutboxMessage, NumberSeries, SendingLane, HashBankVersion, HashEntryState, RuleSetVersion, EvidenceRequest, ShredOrder, PublishedCheckpoint, Account, Transfer, InboundMail, MailboxCursor.</summary>
    public IReadOnlyList<IVersioned> Upserts => _upserts;

    /// <summary>Append-only rows; an id that exists is a conflict.</summary>
    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>Append-only rows; an id that exists is a conflict.</summary>
    public IReadOnlyList<IntakeReport> Reports => _reports;

    public IReadOnlyList<CustodyDraft> Custody => _custody;

    /// <summary>Leases that must still be held; they are given back by the commit.</summary>
    public IReadOnlyList<Lease> Leases => _leases;

    public ChangeSet Put(IVersioned row)
    {
        if (row is not (Target or Candidate or Case or TakedownRequest or Notice or OutboxMessage or NumberSeries or SendingLane or HashBankVersion or HashEntryState or RuleSetVersion or EvidenceRequest or ShredOrder or PublishedCheckpoint or Account or Transfer or InboundMail or MailboxCursor))
        {
            throw new ArgumentException($"{row.GetType().Name} is not a stored row", nameof(row));
        }

        // One act may touch a row in several steps: the last form counts, the first expectation stays.
        var earlier = _upserts.FindIndex(other => other.GetType() == row.GetType() && other.Id == row.Id);
        if (earlier >= 0)
        {
            _upserts[earlier] = row;
        }
        else
        {
            _upserts.Add(row);
        }

        return this;
    }

    public ChangeSet Append(Observation observation)
    {
        _observations.Add(observation);
        return this;
    }

    public ChangeSet Append(IntakeReport report)
    {
        _reports.Add(report);
        return this;
    }

    public ChangeSet Log(CustodyDraft draft)
    {
        _custody.Add(draft);
        return this;
    }

    public ChangeSet Holding(Lease lease)
    {
        _leases.Add(lease);
        return this;
    }
}
