using System.Net;
using DnsClient;
using Monitor.Rules.Removal;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Fetching.Names;

/// <summary>
/// Asks every configured resolver about one name, each by itself. One resolver's "no such name" may be a block, a stale cache or a lie;
/// all of them saying so is evidence. Safe for concurrent use; keeps nothing between questions.
/// </summary>
/// <param name="settings">What is in force at the moment.</param>
public sealed class ResolverPanel(Func<DnsSettings> settings)
{
    private const int DnsPort = 53;
    private const int MostSystemResolvers = 4;

    /// <param name="host">Host name in ASCII.</param>
    /// <exception cref="OperationCanceledException">Only for <paramref name="cancellation"/>.</exception>
    public async Task<DnsEvidence> AskAsync(string host, CancellationToken cancellation)
    {
        DnsSettings now = settings();
        IReadOnlyList<NameServer> home = now.Resolvers.Count > 0 ? Servers(now.Resolvers) : SystemResolvers();
        IReadOnlyList<NameServer> abroad = Servers(now.AbroadResolvers);
        NameServer[] asked = [.. home, .. abroad];
        if (asked.Length == 0)
            return new DnsEvidence { Answer = DnsAnswer.Failed, ResolversAsked = 0, ResolversAgreeing = 0 };

        var client = new LookupClient(new LookupClientOptions(asked)
        {
            Timeout = now.Timeout,
            Retries = 1,
            UseCache = false,
            CacheFailedResults = false,
            Recursion = true,
            ThrowDnsErrors = false,
            ContinueOnDnsError = false,
            ContinueOnEmptyResponse = false,
        });
        DnsAnswer[] answers = await Task.WhenAll(asked.Select(server => AskOneAsync(client, server, host, cancellation)));
        int agreeing = answers.Count(answer => answer == DnsAnswer.NoSuchName);
        return new DnsEvidence
        {
            Answer = answers.Contains(DnsAnswer.Exists) ? DnsAnswer.Exists : agreeing > 0 ? DnsAnswer.NoSuchName : DnsAnswer.Failed,
            ResolversAsked = answers.Length,
            ResolversAgreeing = agreeing,
            IncludesAbroad = answers.Skip(home.Count).Contains(DnsAnswer.NoSuchName),
        };
    }

    private static async Task<DnsAnswer> AskOneAsync(LookupClient client, NameServer server, string host, CancellationToken cancellation)
    {
        try
        {
            IDnsQueryResponse response = await client.QueryServerAsync([server], host, QueryType.A, QueryClass.IN, cancellation);
            return response.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NotExistentDomain => DnsAnswer.NoSuchName,

                // Without an address record too: mail alone makes a name exist.
                DnsHeaderResponseCode.NoError => DnsAnswer.Exists,
                _ => DnsAnswer.Failed,
            };
        }
        catch (DnsResponseException)
        {
            cancellation.ThrowIfCancellationRequested();
            return DnsAnswer.Failed;
        }
        catch (ArgumentException)
        {
            // A name longer than DNS allows cannot be asked for, so nobody said it does not exist.
            return DnsAnswer.Failed;
        }
    }

    private static List<NameServer> Servers(IReadOnlyList<string> configured)
    {
        var servers = new List<NameServer>(configured.Count);
        foreach (string one in configured)
        {
            if (IPEndPoint.TryParse(one, out IPEndPoint? endpoint))
                servers.Add(new NameServer(endpoint.Address, endpoint.Port == 0 ? DnsPort : endpoint.Port));
        }

        return servers;
    }

    /// <summary>What the machine itself uses; never a public resolver that nobody chose.</summary>
    private static IReadOnlyList<NameServer> SystemResolvers()
    {
        try
        {
            return [.. NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false).Take(MostSystemResolvers)];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }
}
