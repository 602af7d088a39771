using System.Collections.Concurrent;
using System.Net;
using Monitor.Worker.Fetching;

namespace Monitor.Worker.Contacts;

/// <summary>A host that has a part in showing a page.</summary>
/// <param name="Part">"page", "redirect" or "media".</param>
public sealed record HostPart(string Host, string Part);

/// <param name="Parts">What the host does for the page.</param>
/// <param name="Domain">About its name, or a name above it; null for a host that is an address.</param>
/// <param name="Networks">About each of its addresses.</param>
/// <param name="Resolved">False when the name has no address now.</param>
public sealed record HostContacts(string Host, IReadOnlyList<string> Parts, RdapEnd? Domain, IReadOnlyList<NetworkContacts> Networks, bool Resolved)
{
    /// <summary>Whom to write to, the likeliest to act first: abuse desk of the network, of the registrar, then other mailboxes. Each once.</summary>
    public IReadOnlyList<Mailbox> Mailboxes =>
    [
        .. Networks.SelectMany(network => Of(network.End, "network")).Concat(Domain is null ? [] : Of(Domain, "domain"))
            .OrderBy(box => box.Roles.Contains("abuse", StringComparer.Ordinal) ? box.Source == "network" ? 0 : 1 : 2)
            .DistinctBy(box => box.Address, StringComparer.OrdinalIgnoreCase),
    ];

    private static IEnumerable<Mailbox> Of(RdapEnd end, string source) => end is RdapEnd.Found { Record: var record }
        ? record.Contacts.SelectMany(contact => contact.Mails.Select(mail => new Mailbox(mail, source, [.. contact.Roles], contact.Organization.Length > 0 ? contact.Organization : contact.Name, [.. contact.Phones])))
        : [];
}

public sealed record NetworkContacts(string Address, RdapEnd End);

/// <param name="Source">"network" or "domain".</param>
public sealed record Mailbox(string Address, string Source, IReadOnlyList<string> Roles, string Name, IReadOnlyList<string> Phones);

/// <summary>Who answers for hosts that no profile describes. Answers are kept for 24 hours in memory.</summary>
public sealed class ContactFinder(RdapClient rdap, INameResolver resolver, TimeProvider time)
{
    public const int MostHosts = 20;
    private const int MostAddresses = 4;

    /// <summary>Of a host with many labels the outermost are asked about.</summary>
    private const int MostNames = 5;

    private const int MostKept = 1000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, RdapEnd End)> _answers = new(StringComparer.Ordinal);

    /// <summary>Each host once, in the order given, with all its parts; hosts beyond <see cref="MostHosts"/> are not asked about.</summary>
    public async Task<IReadOnlyList<HostContacts>> FindAsync(IEnumerable<HostPart> parts, CancellationToken cancellation)
    {
        var found = new List<HostContacts>();
        foreach (var host in parts.GroupBy(part => part.Host, StringComparer.OrdinalIgnoreCase).Take(MostHosts))
        {
            found.Add(await OfHostAsync(host.Key.ToLowerInvariant(), [.. host.Select(part => part.Part).Distinct(StringComparer.Ordinal)], cancellation));
        }

        return found;
    }

    /// <summary>The host and the names above it that may have been registered, the host first.</summary>
    public static IReadOnlyList<string> Climb(string host)
    {
        if (PublicSuffixes.RegistrableDomain(host) is not { } registered)
        {
            return [];
        }

        var labels = host.TrimEnd('.').ToLowerInvariant().Split('.');
        var least = registered.Count(static c => c == '.') + 1;
        return [.. Enumerable.Range(0, labels.Length - least + 1).Select(from => string.Join('.', labels[from..])).TakeLast(MostNames)];
    }

    private async Task<HostContacts> OfHostAsync(string host, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        var literal = IPAddress.TryParse(host.Trim('[', ']'), out var own);
        RdapEnd? domain = literal ? null : await OfDomainAsync(host, cancellation);
        var addresses = literal ? [own!] : await resolver.ResolveAsync(host, cancellation) is NameResolution.Found answer ? answer.Addresses : [];
        var networks = new List<NetworkContacts>();
        foreach (var address in addresses.Distinct().Where(IsOfANetwork).Take(MostAddresses))
        {
            networks.Add(new NetworkContacts(address.ToString(), await KeptAsync("ip/" + address, () => rdap.AddressAsync(address, cancellation))));
        }

        return new HostContacts(host, parts, domain, networks, addresses.Count > 0);
    }

    private async Task<RdapEnd> OfDomainAsync(string host, CancellationToken cancellation)
    {
        RdapEnd end = new RdapEnd.NotFound();
        foreach (var name in Climb(host))
        {
            end = await KeptAsync("domain/" + name, () => rdap.DomainAsync(name, cancellation));
            if (end is not RdapEnd.NotFound)
            {
                return end;
            }
        }

        return end;
    }

    /// <summary>Addresses of one's own house belong to no network that a registry knows.</summary>
    private static bool IsOfANetwork(IPAddress address) => AddressGuard.Forbids(address) is null or "documentation";

    private async Task<RdapEnd> KeptAsync(string key, Func<Task<RdapEnd>> ask)
    {
        var now = time.GetUtcNow();
        if (_answers.TryGetValue(key, out var kept) && now - kept.At < Kept)
        {
            return kept.End;
        }

        var end = await ask();
        if (end is RdapEnd.Found or RdapEnd.NotFound)
        {
            if (_answers.Count >= MostKept)
            {
                _answers.Clear();
            }

            _answers[key] = (now, end);
        }

        return end;
    }
}
