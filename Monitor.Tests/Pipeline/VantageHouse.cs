using System.Net;
using Monitor.Rules.Assessing;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Tests.Contracts;
using Monitor.Tests.Fetching;
using Monitor.Tests.Loopback;
using Monitor.Tests.Settings;
using Monitor.Worker;
using Monitor.Worker.Fetching;
using Monitor.Worker.Jobs;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Pipeline;

/// <summary>
/// A whole house that watches one page from the lines a test configures. The page's host is served by one server for the direct line;
/// proxies lead wherever the test says.
/// </summary>
internal sealed class VantageHouse : IAsyncDisposable
{
    public const string Host = "trang-mau.example";

    /// <summary>A second host, where a test serves one.</summary>
    public const string OtherHost = "noi-khac.example";

    public const string TargetId = "T000001";

    private readonly ConfigFolder _config;
    private readonly Scratch _data;

    private VantageHouse(ConfigFolder config, Scratch data, House house, StoryClock clock, ScriptedHttpServer site, FakeResolver resolver) =>
        (_config, _data, House, Clock, Site, Resolver) = (config, data, house, clock, site, resolver);

    public House House { get; }

    public StoryClock Clock { get; }

    /// <summary>What the direct line reaches.</summary>
    public ScriptedHttpServer Site { get; }

    public FakeResolver Resolver { get; }

    /// <param name="vantages">Lines of yaml after "vantages:", without the direct one.</param>
    /// <param name="named">False: the host's name is left to the resolver.</param>
    /// <param name="other">Serves <see cref="OtherHost"/>, where the page has a second host to speak to.</param>
    public static async Task<VantageHouse> OpenAsync(string vantages, string required, string dns = "", bool named = true, ScriptedHttpServer? site = null, IPageRenderer? renderer = null, ScriptedHttpServer? other = null)
    {
        var config = new ConfigFolder();
        config.Write("monitor.yaml", $"name: Mẫu\ncontact: a@mau.example\nvantages:\n  - id: direct\n    kind: direct\n{vantages}{dns}");
        config.Replace("platforms/generic.yaml", "required-vantages: [direct]", $"required-vantages: [{required}]");
        var data = new Scratch();
        var clock = new StoryClock(ConfigFolder.Day);
        site ??= ScriptedHttpServer.Start();
        var resolver = new FakeResolver();
        HouseOpening opening = await House.OpenAsync(new HouseOptions
        {
            ConfigDirectory = config.Path,
            DataDirectory = data.At("data"),
            Time = clock,
            Resolver = resolver,
            Renderer = renderer,
            AllowList = new LoopbackAllowList(other is null ? [site.Endpoint] : [site.Endpoint, other.Endpoint], named ? Names(site, other) : null),
            Fetcher = options => options with { HostDelay = TimeSpan.Zero, Retries = 0, BreakerMinimumAttempts = 1_000_000 },
        }, CancellationToken.None);
        House house = Assert.IsType<HouseOpening.Opened>(opening).House;
        var target = new Target
        {
            Id = TargetId,
            Url = $"http://{Host}/bai/1001",
            Host = Host,
            WatchListId = "sample",
            OwnerAgency = "ict",
            Category = Category.AbuseOrViolence,
            PlatformId = "generic",
            CreatedAt = clock.GetUtcNow(),
        };
        await house.Store.CommitAsync(new ChangeSet().Put(target).Log(Actor.System.Log(clock.GetUtcNow(), "watch", target.Id)), CancellationToken.None);
        return new VantageHouse(config, data, house, clock, site, resolver);
    }

    private static Dictionary<string, IPEndPoint> Names(ScriptedHttpServer site, ScriptedHttpServer? other)
    {
        var names = new Dictionary<string, IPEndPoint>(StringComparer.Ordinal) { [Host] = site.Endpoint };
        if (other is not null)
        {
            names[OtherHost] = other.Endpoint;
        }

        return names;
    }

    /// <summary>A page with enough of its own to be known again.</summary>
    public static string Page { get; } = "<!doctype html><html><head><title>Chợ hoa ngày Tết</title></head><body><main><article><h1>Chợ hoa ngày Tết</h1>"
        + string.Concat(Enumerable.Range(0, 30).Select(at => $"<p>Gian hàng số {at} bán hoa mai, hoa đào và cây quất cảnh cho người dân thành phố, mở cửa từ sáng sớm đến tối muộn.</p>"))
        + "</article></main></body></html>";

    public async Task<Target> InspectAsync()
    {
        Target target = await TargetAsync();
        var end = Assert.IsType<InspectionEnd.Recorded>(await House.Inspect.RunAsync(target, null, TestContext.Current.CancellationToken));
        return end.Target;
    }

    /// <summary>Inspects now and then every so many hours.</summary>
    public async Task<Target> InspectAsync(int times, double hours)
    {
        Target target = await TargetAsync();
        for (int i = 0; i < times; i++)
        {
            target = await InspectAsync();
            Clock.MoveTo(Clock.GetUtcNow().AddHours(hours));
        }

        return target;
    }

    public async Task<Target> TargetAsync() => (await House.Store.FindTargetAsync(TargetId, AgencyScope.All, TestContext.Current.CancellationToken))!;

    public async Task<IReadOnlyList<Observation>> ObservationsAsync() => await House.Store.ObservationsAsync(TargetId, 1, int.MaxValue, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Site.DisposeAsync();
        _data.Dispose();
        _config.Dispose();
    }
}
