using System.Security.Cryptography;
using System.Text;
using LiteDB;
using Monitor.Rules;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Matching;
using Monitor.Rules.Replies;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.Transfers;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Storage;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// How rows of one kind lie in their collection. Fields of a document, short because LiteDB stores their names with every row:
/// <list type="bullet">
/// <item>_id: the row's id; v: its version; o: owner agency; b: the row as JSON</item>
/// <item>k: keys that lists are read by, each "letter, value, id", in one index over the array, so that a row appears only under what it has</item>
/// <item>n: instant the row itself asks for; d: instant it may be taken (n, or the end of a lease if later); milliseconds, <see cref="Never"/> for none</item>
/// <item>t: token of the lease last given, 0 for none; h: until when that lease hides the row</item>
/// <item>l: legal deadline of a target's open demand; none where there is none</item>
/// <item>u: SHA-256 of a target's canonical URL, unique</item>
/// </list>
/// </summary>
internal abstract class RowTable(string name)
{
    public const long Never = long.MaxValue;

    /// <summary>LiteDB refuses index keys of 1,023 bytes and more; ours hold a value and an id.</summary>
    public const int LongestId = 400;

    private const int LongestBody = 15 * 1024 * 1024;
    private const char Mark = '\u001f';

    public string Name { get; } = name;

    public abstract BsonDocument Encode(IVersioned row);

    /// <summary>First and last possible key of one value, continuing after an id when one is given.</summary>
    public static (string First, string Last) KeyRange(char letter, string value, string? after)
    {
        var stem = Key(letter, value, "");
        return (after is null ? stem : stem + after + '\u0001', stem + '\uffff');
    }

    public static string Key(char letter, string value, string id) => $"{letter}{Mark}{Short(value)}{Mark}{id}";

    /// <summary>A value as an index can hold it: itself, or its digest when it is long.</summary>
    public static string Short(string value) =>
        Encoding.UTF8.GetByteCount(value) <= LongestId ? value : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public static byte[] UrlHash(string canonicalUrl) => SHA256.HashData(Encoding.UTF8.GetBytes(canonicalUrl));

    public static BsonDocument Append(string id, string? key, byte[] body)
    {
        CheckId(id);
        CheckBody(id, body);
        var document = new BsonDocument { ["_id"] = id, ["b"] = body };
        if (key is not null)
            document["k"] = new BsonArray { key };
        return document;
    }

    protected static void CheckId(string id)
    {
        if (id.Length == 0 || Encoding.UTF8.GetByteCount(id) > LongestId)
            throw new ArgumentException($"An id is 1 to {LongestId} bytes.", nameof(id));
    }

    protected static void CheckBody(string id, byte[] body)
    {
        if (body.Length > LongestBody)
            throw new ArgumentException($"{id} is larger than a row may be ({LongestBody} bytes).", nameof(body));
    }
}

internal sealed class RowTable<T>(string name) : RowTable(name)
    where T : class, IVersioned
{
    /// <summary>The row with its version set.</summary>
    public required Func<T, long, T> At { get; init; }

    public required Func<T, string> Owner { get; init; }

    /// <summary>Letter and value of each key the row is listed under.</summary>
    public required Func<T, IEnumerable<(char Letter, string Value)>> Keys { get; init; }

    /// <summary>Null: rows of this kind never come due.</summary>
    public Func<T, DateTimeOffset?>? Due { get; init; }

    /// <summary>Null: rows of this kind have no deadline that lets them go first.</summary>
    public Func<T, DateTimeOffset?>? Deadline { get; init; }

    public Func<T, string>? Url { get; init; }

    public override BsonDocument Encode(IVersioned row)
    {
        var typed = (T)row;
        var version = row.Version + 1;
        CheckId(row.Id);
        var body = RowJson.Write(At(typed, version));
        CheckBody(row.Id, body);
        var document = new BsonDocument
        {
            ["_id"] = row.Id,
            ["v"] = version,
            ["o"] = Owner(typed),
            ["k"] = new BsonArray(Keys(typed).Select(key => new BsonValue(Key(key.Letter, key.Value, row.Id)))),
            ["b"] = body,
        };
        if (Due is not null)
        {
            var due = Due(typed)?.ToUnixTimeMilliseconds() ?? Never;
            document["n"] = due;
            document["d"] = due;
            document["t"] = 0L;
            document["h"] = 0L;
        }

        if (Deadline?.Invoke(typed) is { } deadline)
            document["l"] = deadline.ToUnixTimeMilliseconds();
        if (Url is not null)
            document["u"] = UrlHash(Url(typed));
        return document;
    }

    public static T Decode(BsonDocument document) => RowJson.Read<T>(document["b"].AsBinary);
}

/// <summary>Every kind of versioned row.</summary>
internal static class RowTables
{
    public const char ByOwner = 'O';
    public const char ByList = 'L';
    public const char ByState = 'S';
    public const char ByAttention = 'A';
    public const char ByTarget = 'T';
    public const char ByRequest = 'R';
    public const char ByAccount = 'C';
    public const char BySet = 'V';
    public const char ByOpenDraft = 'D';
    public const char ByOpenAlert = 'N';
    public const char ByInvite = 'I';
    public const char ByReceiver = 'E';
    public const char ByOrigin = 'F';
    public const char ByNotice = 'M';
    public const char ByDigest = 'H';
    public const char ByToken = 'K';
    public const char ByTicket = 'X';

    public const string Observations = "observations";
    public const string Reports = "reports";
    public const string Custody = "custody";
    public const string Meta = "meta";

    public static RowTable<Target> Targets { get; } = new("targets")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = TargetKeys,
        Due = row => row.NextCheckAt,
        Deadline = row => row.LegalDeadline,
        Url = row => row.Url,
    };

    public static RowTable<Candidate> Candidates { get; } = new("candidates")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => [(ByOwner, row.OwnerAgency), (ByState, row.State.ToString())],
    };

    public static RowTable<Case> Cases { get; } = new("cases")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => [(ByOwner, row.OwnerAgency), (ByState, row.State.ToString())],
    };

    public static RowTable<TakedownRequest> Requests { get; } = new("requests")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => [(ByOwner, row.OwnerAgency), (ByState, row.Demand.ToString()), (ByTarget, row.TargetId), .. row.Account is null ? ((char, string)[])[] : [(ByAccount, Account(row.PlatformId, row.Account))]],
        Due = row => row.NextActAt,
    };

    public static RowTable<Notice> Notices { get; } = new("notices")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = NoticeKeys,
    };

    public static RowTable<OutboxMessage> Outbox { get; } = new("outbox")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => row is { Kind: OutboxKind.Alert, AcknowledgedBy: null } ? [(ByOpenAlert, "")] : [],
        Due = row => row.DueAt,
    };

    public static RowTable<NumberSeries> Series { get; } = new("series")
    {
        At = (row, version) => row with { Version = version },
        Owner = _ => "",
        Keys = _ => [],
    };

    public static RowTable<SendingLane> Lanes { get; } = new("lanes")
    {
        At = (row, version) => row with { Version = version },
        Owner = _ => "",
        Keys = _ => [],
    };

    public static RowTable<HashBankVersion> Banks { get; } = new("banks")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = _ => [],
    };

    public static RowTable<HashEntryState> HashEntries { get; } = new("hash_entries")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = _ => [],
    };

    public static RowTable<RuleSetVersion> RuleSets { get; } = new("rulesets")
    {
        At = (row, version) => row with { Version = version },
        Owner = _ => "",
        Keys = row => [(BySet, row.Set)],
    };

    public static RowTable<EvidenceRequest> EvidenceRequests { get; } = new("evidence_requests")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => [(ByOwner, row.OwnerAgency), (ByState, row.State.ToString()), .. row.Scope.TargetIds.Select(target => (ByTarget, target))],
    };

    public static RowTable<ShredOrder> ShredOrders { get; } = new("shred_orders")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => [(ByTarget, row.TargetId)],
        Due = row => row.DueAt,
    };

    public static RowTable<PublishedCheckpoint> Checkpoints { get; } = new("checkpoints")
    {
        At = (row, version) => row with { Version = version },
        Owner = _ => "",
        Keys = row => row.Token is null ? [(ByState, "")] : [],
    };

    public static RowTable<Account> Accounts { get; } = new("accounts")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.AgencyId,
        Keys = row => row.InviteDigest is { } digest ? [(ByInvite, digest)] : [],
    };

    public static RowTable<Transfer> Transfers { get; } = new("transfers")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.FromAgency,
        Keys = row => [(ByOwner, row.FromAgency), (ByReceiver, row.ToAgency), .. row.Origin is { } origin ? [(ByOrigin, Account(origin.Installation, origin.Id))] : ((char, string)[])[]],
        Due = row => row.NextStepAt,
    };

    public static RowTable<InboundMail> Mails { get; } = new("mails")
    {
        At = (row, version) => row with { Version = version },
        Owner = row => row.OwnerAgency,
        Keys = row => [(ByOwner, row.OwnerAgency), (ByState, row.State.ToString()), (ByDigest, row.MessageDigest.ToString()), .. row.NoticeId is { } notice ? [(ByNotice, notice)] : ((char, string)[])[]],
    };

    public static RowTable<MailboxCursor> Mailboxes { get; } = new("mailboxes")
    {
        At = (row, version) => row with { Version = version },
        Owner = _ => "",
        Keys = _ => [],
    };

    public static IReadOnlyList<RowTable> All { get; } = [Targets, Candidates, Cases, Requests, Notices, Outbox, Series, Lanes, Banks, HashEntries, RuleSets, EvidenceRequests, ShredOrders, Checkpoints, Accounts, Transfers, Mails, Mailboxes];

    public static IReadOnlyList<string> Collections { get; } = [.. All.Select(table => table.Name), Observations, Reports, Custody];

    public static RowTable Of(IVersioned row) => row switch
    {
        Target => Targets,
        Candidate => Candidates,
        Case => Cases,
        TakedownRequest => Requests,
        Notice => Notices,
        OutboxMessage => Outbox,
        NumberSeries => Series,
        SendingLane => Lanes,
        HashBankVersion => Banks,
        HashEntryState => HashEntries,
        RuleSetVersion => RuleSets,
        EvidenceRequest => EvidenceRequests,
        ShredOrder => ShredOrders,
        PublishedCheckpoint => Checkpoints,
        Rules.Sharing.Account => Accounts,
        Transfer => Transfers,
        InboundMail => Mails,
        MailboxCursor => Mailboxes,
        _ => throw new ArgumentException($"{row.GetType().Name} is not a stored row", nameof(row)),
    };

    public static string Account(string platformId, string account) => platformId + "/" + account;

    /// <summary>A draft that may still take in another page is found by whom it is for.</summary>
    private static IEnumerable<(char Letter, string Value)> NoticeKeys(Notice row)
    {
        yield return (ByState, row.Dispatch.ToString());
        foreach (var request in row.RequestIds)
            yield return (ByRequest, request);
        if (row.HasRoom)
            yield return (ByOpenDraft, Account(row.OwnerAgency, row.PlatformId));
        if (row.ReplyToken is { } token)
            yield return (ByToken, token);
        if (row.ExternalTicket is { } ticket)
            yield return (ByTicket, ticket);
    }

    private static IEnumerable<(char Letter, string Value)> TargetKeys(Target row)
    {
        yield return (ByOwner, row.OwnerAgency);
        yield return (ByList, row.WatchListId);

        // Nearly every target is live: a key for it would say nothing and cost a write with each.
        if (row.Progress.State != Rules.Removal.RemovalState.Live)
            yield return (ByState, row.Progress.State.ToString());
        if (row.Attention is not null)
            yield return (ByAttention, "");
    }
}
