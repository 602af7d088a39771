using System.Globalization;
using System.Text;
using Monitor.Rules.Banks;
using Monitor.Rules.Matching;
using Monitor.Rules.Sharing;
using Monitor.Worker.Banks;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Single entries of banks: taken out and put back by people, quarantined by the flood watch, released by people.</summary>
public sealed class HashEntryOperations(Desk desk, BankIndex index)
{
    private const int MostShown = 5;

    /// <summary>The entry matches nothing from now on, in this version of the bank and in every later one.</summary>
    /// <param name="kind">Null: whichever kind of the bank has it.</param>
    /// <param name="entry">Hash in hex, or label.</param>
    public Task<OperationResult<HashEntryState>> DisableAsync(Actor actor, string bank, HashKind? kind, string entry, string reason, CancellationToken cancellation) =>
        ChangeAsync(actor, bank, kind, entry, reason, "disable-entry", standing => standing == EntryStanding.Disabled ? null : EntryStanding.Disabled, cancellation);

    public Task<OperationResult<HashEntryState>> EnableAsync(Actor actor, string bank, HashKind? kind, string entry, string reason, CancellationToken cancellation) =>
        ChangeAsync(actor, bank, kind, entry, reason, "enable-entry", standing => standing == EntryStanding.Disabled ? EntryStanding.InForce : null, cancellation);

    /// <summary>A person looked at the flood and lets the entry stand: it raises alarm again, and is not quarantined by itself any more.</summary>
    public Task<OperationResult<HashEntryState>> ReleaseAsync(Actor actor, string bank, HashKind? kind, string entry, string reason, CancellationToken cancellation) =>
        ChangeAsync(actor, bank, kind, entry, reason, "release-entry", standing => standing == EntryStanding.Quarantined ? EntryStanding.Released : null, cancellation);

    /// <summary>The flood watch has seen enough of an entry. Returns false when somebody decided about it before.</summary>
    public async Task<bool> QuarantineAsync(Match match, FloodCount count, CancellationToken cancellation)
    {
        var id = HashEntryState.IdOf(match.Bank, match.Kind, match.Hash);
        var result = await desk.ActAsync<HashEntryState?>(async token =>
        {
            var states = await desk.Store.HashEntriesAsync(token);
            var former = states.FirstOrDefault(state => state.Id == id);
            if (former is { Standing: not EntryStanding.InForce })
            {
                return Decided<HashEntryState?>.Already(null);
            }

            var owner = (await desk.Store.BanksAsync(token)).FirstOrDefault(row => row.Name == match.Bank && row.Kind == match.Kind)?.OwnerAgency ?? Actor.System.AgencyId;
            var reason = string.Create(CultureInfo.InvariantCulture, $"matched on {count.Targets} targets, {count.Hosts} hosts");
            var changes = new ChangeSet().Log(Actor.System.Log(desk.Now, "quarantine-entry", id, reason));
            var alert = await StaffAlerts.AddAsync(desk, changes, owner,
                $"Mục băm bị cách ly / hash entry quarantined: {match.Bank}",
                $"Ngân hàng / bank: {match.Bank} ({HashBankVersion.WordOf(match.Kind)})\nMã / hash: {match.Hash}\nTrùng / matched: {count.Targets} mục tiêu / targets, {count.Hosts} máy chủ / hosts\n\nMục này không còn nâng mức nghiêm trọng cho đến khi có người xem: / It raises nothing until a person has looked:\nmonitor hashes release --bank {match.Bank} --entry {match.Hash} --reason … --as …\nmonitor hashes disable --bank {match.Bank} --entry {match.Hash} --reason … --as …",
                token);
            var state = new HashEntryState
            {
                Id = id,
                Version = former?.Version ?? 0,
                Bank = match.Bank,
                Kind = match.Kind,
                Hash = match.Hash,
                Entry = match.Entry,
                OwnerAgency = owner,
                Standing = EntryStanding.Quarantined,
                Reason = reason,
                By = Actor.System.Id,
                At = desk.Now,
                AlertId = alert,
            };
            return Decided<HashEntryState?>.To(state, changes.Put(state));
        }, cancellation);
        await RefreshAsync(cancellation);
        return result is OperationResult<HashEntryState?>.Done { Value: not null };
    }

    private async Task<OperationResult<HashEntryState>> ChangeAsync(Actor actor, string bank, HashKind? kind, string entry, string reason, string act, Func<EntryStanding, EntryStanding?> change, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Analyst, Role.Administrator) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        var (found, refusal) = await Task.Run(() => Find(bank, kind, entry), cancellation);
        if (found is not { } row)
        {
            return refusal!;
        }

        var id = HashEntryState.IdOf(bank, row.Kind, row.Hash);
        var result = await desk.ActAsync<HashEntryState>(async token =>
        {
            var former = (await desk.Store.HashEntriesAsync(token)).FirstOrDefault(state => state.Id == id);
            var standing = former?.Standing ?? EntryStanding.InForce;
            if (change(standing) is not { } next)
            {
                return new Refusal(RefusalKind.Conflict, "entry-state", row.Name, standing.ToString());
            }

            var state = new HashEntryState
            {
                Id = id,
                Version = former?.Version ?? 0,
                Bank = bank,
                Kind = row.Kind,
                Hash = row.Hash,
                Entry = row.Name,
                OwnerAgency = row.Owner,
                Standing = next,
                Reason = reason,
                By = actor.Id,
                At = desk.Now,
                AlertId = former?.AlertId,
            };
            return Decided<HashEntryState>.To(state, new ChangeSet().Put(state).Log(actor.Log(desk.Now, act, id, reason)));
        }, cancellation);
        await RefreshAsync(cancellation);
        return result;
    }

    private async Task RefreshAsync(CancellationToken cancellation) => index.Replace(await desk.Store.HashEntriesAsync(cancellation));

    /// <summary>By hash at once; by label by reading the bank through.</summary>
    private (FoundEntry? Found, Refusal? Refusal) Find(string name, HashKind? kind, string entry)
    {
        using var lease = index.Enter();
        var banks = lease.Set.Banks.Where(bank => bank.Version.Name == name && (kind is null || bank.Version.Kind == kind)).ToList();
        if (banks.Count == 0)
        {
            return (null, Refusal.NotFound("bank", kind is { } one ? HashBankVersion.IdOf(name, one) : name));
        }

        var found = new List<FoundEntry>();
        var hex = entry.Trim();
        if (hex.Length is 32 or 40 or 64 && hex.All(char.IsAsciiHexDigit))
        {
            var value = Convert.FromHexString(hex);
            foreach (var bank in banks)
            {
                if (bank.File.Find(value) is var row and >= 0)
                {
                    found.Add(FoundEntry.Of(bank, row));
                }
            }
        }
        else
        {
            var label = Encoding.UTF8.GetBytes(entry);
            foreach (var bank in banks)
            {
                for (long row = 0; row < bank.File.Count && found.Count <= MostShown; row++)
                {
                    if (bank.File.Label(row).SequenceEqual(label))
                    {
                        found.Add(FoundEntry.Of(bank, row));
                    }
                }
            }
        }

        return found.Count switch
        {
            0 => (null, Refusal.NotFound("entry", entry)),
            1 => (found[0], null),
            _ => (null, new Refusal(RefusalKind.Conflict, "entry-several", entry, string.Join(", ", found.Take(MostShown).Select(one => $"{HashBankVersion.WordOf(one.Kind)} {one.Hash}")))),
        };
    }

    private sealed record FoundEntry(HashKind Kind, string Hash, string Name, string Owner)
    {
        public static FoundEntry Of(BankInForce bank, long row) => new(bank.Version.Kind, Convert.ToHexStringLower(bank.File.Value(row)), bank.File.NameOf(row), bank.Version.OwnerAgency);
    }
}
