using Monitor.Rules.Custody;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Accounts;
using Monitor.Worker.Banks;
using Monitor.Worker.Channels;
using Monitor.Worker.Contacts;
using Monitor.Worker.Evidence;
using Monitor.Worker.Evidence.LogSigning;
using Monitor.Worker.Evidence.Packaging;
using Monitor.Worker.Evidence.Timestamping;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Names;
using Monitor.Worker.Fetching.Vantages;
using Monitor.Worker.Jobs;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Mailbox;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Accounts;
using Monitor.Worker.Operations.Inbox;
using Monitor.Worker.Operations.Transfers;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;
using Monitor.Worker.Scoring;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;
using Serilog;

namespace Monitor.Worker;

/// <summary>What a house is opened with. Only tests and the demo set more than the two directories.</summary>
public sealed record HouseOptions
{
    public required string ConfigDirectory { get; init; }

    public required string DataDirectory { get; init; }

    /// <summary>Only a store that is there is opened: who reads must not make an empty one out of a mistyped name.</summary>
    public bool MustExist { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The configured loopback targets count only when this is said too.</summary>
    public bool AllowLoopbackTargets { get; init; }

    /// <summary>Replaces the configured allow-list (demo, bench, tests).</summary>
    public LoopbackAllowList? AllowList { get; init; }

    /// <summary>Replaces SMTP (tests).</summary>
    public IMailTransport? Transport { get; init; }

    /// <summary>Replaces IMAP (tests).</summary>
    public IMailbox? Mailbox { get; init; }

    /// <summary>Adjusts what the fetcher was configured with (demo, bench, tests).</summary>
    public Func<FetcherOptions, FetcherOptions>? Fetcher { get; init; }

    /// <summary>Replaces the browser (tests).</summary>
    public IPageRenderer? Renderer { get; init; }

    /// <summary>Replaces the operating system's resolver (tests).</summary>
    public INameResolver? Resolver { get; init; }

    public ILogger Log { get; init; } = Serilog.Core.Logger.None;
}

public abstract record HouseOpening
{
    private HouseOpening()
    {
    }

    /// <param name="VaultKeyCreated">Path of a vault key that was made just now and must be backed up; null otherwise.</param>
    public sealed record Opened(House House, string? VaultKeyCreated) : HouseOpening;

    public sealed record ConfigurationInvalid(IReadOnlyList<ConfigurationProblem> Problems) : HouseOpening;

    /// <summary>Another process owns the data directory.</summary>
    public sealed record AlreadyOwned : HouseOpening;

    /// <summary>There is no store in the directory, and none was to be made.</summary>
    public sealed record NoData(string Directory) : HouseOpening;

    /// <param name="Problem">What is wrong, for people.</param>
    public sealed record Failed(string Problem) : HouseOpening;
}

/// <summary>The house put together: the one place that names adapters.</summary>
public sealed class House : IAsyncDisposable
{
    private readonly LiteMonitorStore _store;
    private readonly SealedVault _vault;
    private readonly SafeFetcher _fetcher;
    private readonly VantageSet _vantages;
    private readonly ChromiumRenderer? _chromium;
    private readonly ConfigurationWatcher _watcher;
    private readonly RdapClient _rdap;
    private readonly ApiTakedownChannel _api;
    private readonly LogKeyFile _logKey;
    private readonly TimestampClient _stamps;
    private readonly SmtpConnections _smtp = new();

    private House(HouseOptions options, ConfigurationWatcher watcher, LiteMonitorStore store, SealedVault vault)
    {
        Options = options;
        (_watcher, _store, _vault) = (watcher, store, vault);
        var replyKey = new ReplyKeyFile(options.DataDirectory);
        Desk = new Desk(store, vault, watcher, options.Time) { ReplyTokenOf = replyKey.TokenOf };
        var installation = watcher.Current.Installation;
        var fetcherOptions = new FetcherOptions
        {
            Contact = installation.Contact,
            HostDelay = installation.Fetch.Delay,
            AllowList = options.AllowList ?? (options.AllowLoopbackTargets ? LoopbackTargets.Parse(installation.Fetch.LoopbackTargets) : LoopbackAllowList.Empty),
        };
        fetcherOptions = options.Fetcher?.Invoke(fetcherOptions) ?? fetcherOptions;
        _fetcher = new SafeFetcher(fetcherOptions, options.Time, options.Resolver);
        _vantages = new VantageSet(() => watcher.Current.Installation.Vantages, _fetcher, fetcherOptions, options.Time, options.Resolver);
        _chromium = options.Renderer is null ? new ChromiumRenderer(() => watcher.Current.Installation.Rendering, options.Log) : null;
        Renderer = options.Renderer ?? _chromium!;
        _rdap = new RdapClient(() => watcher.Current.Installation.Contacts, options.Time);
        Contacts = new ContactFinder(_rdap, options.Resolver ?? new SystemNameResolver(), options.Time);
        var drafter = new NoticeDrafter();
        BankIndex = new BankIndex();
        PageScoring = new PageScoring();
        RuleSets = new RuleSetOperations(Desk);
        var engine = new RuleEngine(RuleSets);
        Backtest = new RuleBacktest(Desk, RuleSets, engine);
        Entries = new HashEntryOperations(Desk, BankIndex);
        Matcher = new MediaMatcher(Desk, BankIndex, Entries, new FloodWatch());
        Inspect = new InspectTarget(Desk, _vantages, new ResolverPanel(() => watcher.Current.Installation.Dns), new ShellRendering(Renderer), engine, Matcher, drafter, PageScoring);
        var identityKeys = new PersonKeys();
        Accounts = new AccountOperations(Desk, new IdentityPasswords(), identityKeys);
        Identities = new ChildIdentities(Desk, identityKeys);
        Transfers = new TransferOperations(Desk, Identities);
        Intake = new IntakeOperations(Desk);
        Cases = new CaseOperations(Desk, drafter);
        Takedowns = new TakedownOperations(Desk, drafter);
        Objections = new ObjectionOperations(Desk, drafter);
        HandOvers = new HandOverOperations(Desk);
        Evidence = new EvidenceRequestOperations(Desk, new RecipientKeys());
        Shredding = new ShredOperations(Desk);
        VaultKeys = new VaultKeyOperations(Desk, vault);
        _logKey = new LogKeyFile(options.DataDirectory);
        _stamps = new TimestampClient(() => watcher.Current.Installation.Custody);
        Checkpoints = new CheckpointOperations(Desk, _logKey, _stamps, options.DataDirectory);
        TransferFiles = new TransferFiles(Desk, Transfers, _logKey, () => Checkpoints.Origin);
        var sealedPages = new SealedPages(Desk.Vault);
        CustodyProofs = new CustodyProofs(store);
        CustodyReading = new CustodyReading(store, CustodyProofs);
        Packages = new EvidencePackages(Desk, new PackageBuilder(vault, () => watcher.Current.Installation.Evidence, _stamps), Checkpoints, CustodyProofs, new EvidenceRenderings(Desk, sealedPages, Renderer), options.DataDirectory, $"Monitor/{InspectTarget.ToolVersion}");
        CustodyVerification = new CustodyVerification(Desk, _logKey, _stamps);
        FollowUps = new FollowUpOperations(Desk, drafter);
        MailFacts Parse(byte[] message, MailContainment? contained) => MailParsing.Read(message, contained, watcher.Current.Installation.Inbox.AuthenticationServer);
        MailIntake = new MailIntake(Desk, drafter, options.Mailbox ?? new ImapMailbox(() => watcher.Current.Installation.Inbox, options.Time), Parse);
        Inbox = new InboxOperations(Desk, drafter, MailIntake, Parse);
        Bulk = new BulkOperations(Desk, Takedowns, FollowUps);
        Removal = new RemovalOperations(Desk, drafter, InspectTarget.ToolVersion);
        Recompute = new RecomputeOperations(Desk, drafter, sealedPages);
        Candidates = new CandidateOperations(Desk, Intake);
        Timelines = new TimelineOperations(Desk);
        Banks = new HashBankOperations(Desk, BankIndex, options.DataDirectory);
        Scoring = new ScoringOperations(Desk, PageScoring, options.DataDirectory);
        IMailTransport Transport() => options.Transport ?? new SmtpChannel(watcher.Current.Installation.Smtp, options.Time, connections: _smtp);
        Mail = new SmtpNoticeChannel(Transport, () => watcher.Current.Installation.Smtp, replyKey.TokenOf, new ImapSentFolder(() => watcher.Current.Installation.Inbox));
        _api = new ApiTakedownChannel(options.Time, NoticeDrafter.RenderField);
        var channels = new TakedownChannels([Mail, _api]);
        Outbox = new OutboxDispatcher(Desk, new NoticeSending(Desk, channels.Of, drafter), new AlertSending(Desk, Transport), options.Log);
        Sweeps = new Sweeps(Desk, Inspect, Outbox, FollowUps, Intake, options.Log)
        {
            Published = Checkpoints.WorkAsync,
            InboxRead = MailIntake.WorkAsync,
            AlsoReminded = token => Transfers.WorkAsync(100, token),
            AlsoMaintained = async token =>
            {
                await Banks.MaintainAsync(token);
                await Evidence.SettleHoldsAsync(starting: false, token);
                await Shredding.WorkAsync(1000, token);
            },
        };
    }

    public HouseOptions Options { get; }

    public Desk Desk { get; }

    public InspectTarget Inspect { get; }

    public IPageRenderer Renderer { get; }

    public ContactFinder Contacts { get; }

    public AccountOperations Accounts { get; }

    public ChildIdentities Identities { get; }

    public TransferOperations Transfers { get; }

    public TransferFiles TransferFiles { get; }

    public IntakeOperations Intake { get; }

    public CaseOperations Cases { get; }

    public TakedownOperations Takedowns { get; }

    public ObjectionOperations Objections { get; }

    public HandOverOperations HandOvers { get; }

    public FollowUpOperations FollowUps { get; }

    /// <summary>Takes in what the mailbox has.</summary>
    public MailIntake MailIntake { get; }

    public InboxOperations Inbox { get; }

    public EvidenceRequestOperations Evidence { get; }

    public ShredOperations Shredding { get; }

    public VaultKeyOperations VaultKeys { get; }

    public CheckpointOperations Checkpoints { get; }

    public CustodyVerification CustodyVerification { get; }

    public CustodyProofs CustodyProofs { get; }

    public CustodyReading CustodyReading { get; }

    public EvidencePackages Packages { get; }

    public BulkOperations Bulk { get; }

    public RemovalOperations Removal { get; }

    public RecomputeOperations Recompute { get; }

    public CandidateOperations Candidates { get; }

    public TimelineOperations Timelines { get; }

    public HashBankOperations Banks { get; }

    public HashEntryOperations Entries { get; }

    public RuleSetOperations RuleSets { get; }

    public RuleBacktest Backtest { get; }

    public BankIndex BankIndex { get; }

    public MediaMatcher Matcher { get; }

    public ScoringOperations Scoring { get; }

    public PageScoring PageScoring { get; }

    /// <summary>Composes notices as mails.</summary>
    public SmtpNoticeChannel Mail { get; }

    public OutboxDispatcher Outbox { get; }

    public Sweeps Sweeps { get; }

    public ConfigurationWatcher Configuration => _watcher;

    public LiteMonitorStore Store => _store;

    public SealedVault Vault => _vault;

    public IFetcher Fetcher => _fetcher;

    /// <summary>Whether there is a store in a directory; opening a house there would make one.</summary>
    public static bool IsIn(string dataDirectory) => File.Exists(Path.Combine(dataDirectory, LiteMonitorStore.FileName));

    public static async Task<HouseOpening> OpenAsync(HouseOptions options, CancellationToken cancellation)
    {
        var starting = ConfigurationWatcher.Start(options.ConfigDirectory, options.Time);
        if (starting is not ConfigurationStart.Started started)
        {
            return new HouseOpening.ConfigurationInvalid(((ConfigurationStart.Invalid)starting).Problems);
        }

        // A vault without its store is told below, with what to do about it.
        if (options.MustExist && !IsIn(options.DataDirectory) && !Directory.Exists(Path.Combine(options.DataDirectory, SealedVault.Folder)))
        {
            started.Watcher.Dispose();
            return new HouseOpening.NoData(options.DataDirectory);
        }

        // What lies in here concerns children: nobody but the service's own user reads it.
        Directory.CreateDirectory(options.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // A vault without its store is not a new installation: starting one would number everything anew and call the empty log intact.
        var storeFile = new FileInfo(Path.Combine(options.DataDirectory, LiteMonitorStore.FileName));
        if (storeFile is { Exists: false } or { Length: 0 } && File.Exists(Path.Combine(options.DataDirectory, SealedVault.Folder, SealedVault.KeyStoreName)))
        {
            started.Watcher.Dispose();
            return new HouseOpening.Failed($"Có kho niêm phong nhưng thiếu {storeFile.FullName}: dữ liệu đã mất hoặc sai thư mục; hãy khôi phục bản sao lưu (monitor restore). / The vault is there but {storeFile.FullName} is missing or empty: data was lost or this is the wrong directory; restore a backup (monitor restore).");
        }

        var opening = await LiteMonitorStore.OpenAsync(options.DataDirectory);
        switch (opening)
        {
            case StoreOpening.Damaged damaged when damaged.Reason.Contains("No space left", StringComparison.OrdinalIgnoreCase):
                started.Watcher.Dispose();
                return new HouseOpening.Failed($"Đĩa chứa {options.DataDirectory} đã đầy; hãy giải phóng chỗ, đừng khôi phục. / The disk of {options.DataDirectory} is full; free space, do not restore.");
            case StoreOpening.AlreadyOwned:
                started.Watcher.Dispose();
                return new HouseOpening.AlreadyOwned();
            case StoreOpening.TooNew newer:
                started.Watcher.Dispose();
                return new HouseOpening.Failed($"store format {newer.Format} is newer than this program's {newer.Known}: install the newer version / kho dữ liệu do phiên bản mới hơn ghi");
            case StoreOpening.Damaged damaged:
                started.Watcher.Dispose();
                return new HouseOpening.Failed($"store damaged: {damaged.Reason}; restore a backup: monitor restore / kho dữ liệu hỏng, hãy khôi phục bản sao lưu");
        }

        var store = ((StoreOpening.Opened)opening).Store;
        switch (await SealedVault.OpenAsync(options.DataDirectory, options.Time))
        {
            case VaultOpening.Opened vault:
                var house = new House(options, started.Watcher, store, vault.Vault);
                await house.Evidence.SettleHoldsAsync(starting: true, cancellation);
                house._logKey.Settle(house.Checkpoints.Origin, await house.Store.LatestCheckpointAsync(cancellation) is { } last && NoteKey.TryParse(last.Key, out var told) ? told : null);
                await house.Banks.LoadAsync(cancellation);
                await house.RuleSets.LoadAsync(cancellation);
                await house.Scoring.LoadAsync(cancellation);
                if (house.PageScoring.State is ScoringState.Unusable unusable)
                {
                    options.Log.Warning("The score model in force is unusable ({Problem}): pages get no score until one is activated again", unusable.Why.GetType().Name);
                }

                return new HouseOpening.Opened(house, vault.KeyCreated ? vault.KeyFile : null);
            case var failed:
                await store.DisposeAsync();
                started.Watcher.Dispose();
                return new HouseOpening.Failed($"vault: {failed}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        await _vantages.DisposeAsync();
        await _fetcher.DisposeAsync();
        _rdap.Dispose();
        Sweeps.Dispose();
        Banks.Dispose();
        BankIndex.Dispose();
        RuleSets.Dispose();
        _watcher.Dispose();
        _api.Dispose();
        _stamps.Dispose();
        Checkpoints.Dispose();
        CustodyProofs.Dispose();
        await _smtp.DisposeAsync();
        await _vault.DisposeAsync();
        await _store.DisposeAsync();
    }
}
