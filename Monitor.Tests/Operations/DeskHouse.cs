using System.Net;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Tests.Contracts;
using Monitor.Tests.Fetching;
using Monitor.Tests.Loopback;
using Monitor.Tests.Pipeline;
using Monitor.Tests.Settings;
using Monitor.Worker;
using Monitor.Worker.Channels;
using Monitor.Worker.Fetching;
using Monitor.Worker.Jobs;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Operations;

/// <summary>A whole house over the shipped people and agencies, one platform with a ladder, one page, and a mail server that takes everything.</summary>
internal sealed class DeskHouse : IAsyncDisposable
{
    public const string Host = "trang-mau.example";
    public const string Url = $"http://{Host}/u/hoa.mai/bai/1001";

    private readonly ConfigFolder _config;
    private readonly Scratch _data;

    private DeskHouse(ConfigFolder config, Scratch data, House house, StoryClock clock, ScriptedHttpServer site, TakingTransport mail) =>
        (_config, _data, House, Clock, Site, Mail) = (config, data, house, clock, site, mail);

    public House House { get; }

    public StoryClock Clock { get; }

    public ScriptedHttpServer Site { get; }

    public TakingTransport Mail { get; }

    public ConfigFolder Config => _config;

    public IMonitorStore Store => House.Store;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Profile(string ladder, string rest = "required-vantages: [direct]") => $"""
        id: trang-mau
        name: Trang Mẫu
        hosts: [{Host}]
        account-pattern: '^/u/(?<account>[a-z.]+)/'
        channels:
          - kind: smtp
            address: phap-ly@trang-mau.example
            addressee: Bộ phận pháp lý
          - kind: smtp
            address: dai-dien@trang-mau.example
            addressee: Người đại diện
        language: vi
        {rest}
        ladder:
        {ladder}
        """;

    /// <param name="ladder">Lines of yaml, each indented by two.</param>
    /// <param name="removal">Lines of yaml under "removal:", each indented by two.</param>
    /// <param name="configure">What else the configuration has, before it is read.</param>
    /// <param name="renderer">Null: the browser of this machine, if it has one.</param>
    /// <param name="mailbox">Where answers come to; null: none.</param>
    /// <param name="vantages">Further entries of yaml under "vantages:".</param>
    public static async Task<DeskHouse> OpenAsync(string ladder = "  []", string rest = "required-vantages: [direct]", string removal = "", string vantages = "", Action<ConfigFolder>? configure = null, IMailbox? mailbox = null, IPageRenderer? renderer = null)
    {
        var config = new ConfigFolder();
        config.Write("monitor.yaml", $"""
            name: Mẫu
            contact: a@mau.example
            smtp:
              host: 127.0.0.1
              security: none
              from: so@mau.example
            {(removal.Length > 0 ? "removal:\n" + removal : "")}
            vantages:
              - id: direct
                kind: direct
            {vantages}
            """);
        config.Write("platforms/trang-mau.yaml", Profile(ladder, rest));
        configure?.Invoke(config);
        var data = new Scratch();
        var clock = new StoryClock(ConfigFolder.Day);
        ScriptedHttpServer site = ScriptedHttpServer.Start();
        var mail = new TakingTransport();
        House house = Assert.IsType<HouseOpening.Opened>(await House.OpenAsync(new HouseOptions
        {
            ConfigDirectory = config.Path,
            DataDirectory = data.At("data"),
            Time = clock,
            Transport = mail,
            Mailbox = mailbox,
            Renderer = renderer,
            Resolver = new FakeResolver(),
            AllowList = new LoopbackAllowList([site.Endpoint], new Dictionary<string, IPEndPoint>(StringComparer.Ordinal) { [Host] = site.Endpoint, ["khac.example"] = site.Endpoint }),
            Fetcher = options => options with { HostDelay = TimeSpan.Zero, Retries = 0, BreakerMinimumAttempts = 1_000_000 },
        }, CancellationToken.None)).House;
        site.OnText("/u/hoa.mai/bai/1001", VantageHouse.Page);
        return new DeskHouse(config, data, house, clock, site, mail);
    }

    public Actor As(string person) => Assert.IsType<OperationResult<Actor>.Done>(Actor.Resolve(person, House.Desk.Configuration, House.Desk.Today)).Value;

    public void Later(double hours) => Clock.MoveTo(Clock.GetUtcNow().AddHours(hours));

    /// <summary>Flagged, looked at, verified by one and approved by another person, sent.</summary>
    public async Task<TakedownRequest> DemandAsync(string url = Url)
    {
        await House.Intake.AddManyAsync(As("an.nguyen"), [new IntakeItem { Url = url, WatchListId = "sample", Source = "test" }], Token);
        await House.Sweeps.InspectDueAsync(Token);
        var target = (await Store.FindTargetByUrlAsync(url, Token))!;
        var verified = Done(await House.Cases.VerifyAsync(As("binh.tran"), Ids.CaseOf(target.Id), new Verification("đã xem"), Token));
        Done(await House.Takedowns.ApproveAsync(As("chi.le"), verified.Notice.Id, Token));
        await House.Sweeps.DispatchAsync(Token);
        return await RequestAsync(verified.Request.Id);
    }

    /// <summary>Flagged, looked at and verified: the draft that waits for its approval.</summary>
    public async Task<Notice> DraftAsync(string url, string? basis = null)
    {
        Site.OnText(new Uri(url).AbsolutePath, VantageHouse.Page);
        await House.Intake.AddManyAsync(As("an.nguyen"), [new IntakeItem { Url = url, WatchListId = "sample", Source = "test" }], Token);
        await House.Sweeps.InspectDueAsync(Token);
        var target = (await Store.FindTargetByUrlAsync(url, Token))!;
        return Done(await House.Cases.VerifyAsync(As("binh.tran"), Ids.CaseOf(target.Id), new Verification("đã xem", LegalBasisId: basis), Token)).Notice;
    }

    /// <summary>Lives through so many hours the way the running house does.</summary>
    public async Task LiveAsync(double hours)
    {
        var end = Clock.GetUtcNow().AddHours(hours);
        while (true)
        {
            await House.Sweeps.InspectDueAsync(Token);
            await House.Sweeps.RemindAsync(Token);
            await House.Sweeps.DispatchAsync(Token);
            var next = await House.Sweeps.NextDueAsync(Token);
            if (next is null || next > end)
            {
                Clock.MoveTo(end);
                return;
            }

            Clock.MoveTo(next > Clock.GetUtcNow() ? next.Value : Clock.GetUtcNow().AddMinutes(1));
        }
    }

    /// <summary>A message that came into the mailbox of answers.</summary>
    public async Task<InboundMail> TakeInAsync(byte[] message)
    {
        var taken = await House.MailIntake.TakeInAsync(new ReceivedMail(message, message.Length, House.Desk.Now, null), new MailboxCursor { Id = "hop-thu", Validity = 1, LastUid = 1 }, Token);
        return Assert.IsType<InboundMail>(taken);
    }

    public async Task<TakedownRequest> RequestAsync(string id) => (await Store.FindRequestAsync(id, AgencyScope.All, Token))!;

    public async Task<Target> TargetAsync(string id = "T000001") => (await Store.FindTargetAsync(id, AgencyScope.All, Token))!;

    public async Task<IReadOnlyList<Notice>> NoticesAsync(string request) => await Store.NoticesOfRequestAsync(request, AgencyScope.All, Token);

    public static T Done<T>(OperationResult<T> result) => result switch
    {
        OperationResult<T>.Done done => done.Value,
        OperationResult<T>.Refused refused => throw new InvalidOperationException($"refused: {refused.Refusal.Code} {string.Join(' ', refused.Refusal.Arguments)}"),
        _ => throw new InvalidOperationException("unknown result"),
    };

    public static string Refused<T>(OperationResult<T> result) => Assert.IsType<OperationResult<T>.Refused>(result).Refusal.Code;

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Site.DisposeAsync();
        _data.Dispose();
        _config.Dispose();
    }

    internal sealed class TakingTransport : IMailTransport
    {
        public List<OutgoingMail> Mails { get; } = [];

        public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            lock (Mails)
                Mails.Add(mail);
            return Task.FromResult<SendResult>(new SendResult.Accepted("250 ok", DateTimeOffset.UnixEpoch));
        }
    }
}
