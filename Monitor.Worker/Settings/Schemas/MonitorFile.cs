using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;
using Monitor.Rules.Transfers;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>monitor.yaml.</summary>
internal static partial class MonitorFile
{
    private static readonly Shape<TimeSpan> UpToADay = Shapes.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
    private static readonly Shape<TimeSpan> UpToAYear = Shapes.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(366));

    public static InstallationSettings? Bind(BindingContext context, YamlMap root)
    {
        MapReader keys = new(context, root);
        string? name = keys.Required("name", Shapes.Text);
        string? contact = keys.Required<string>("contact", Shapes.Mail);
        FetchSettings? fetch = keys.Optional<FetchSettings?>("fetch", Fetch, new FetchSettings());
        SmtpSettings? smtp = keys.Optional<SmtpSettings?>("smtp", Smtp, new SmtpSettings());
        InboxSettings? inbox = keys.Optional<InboxSettings?>("inbox", Inbox, new InboxSettings());
        SweepSettings? sweeps = keys.Optional<SweepSettings?>("sweeps", Sweeps, new SweepSettings());
        RemovalSettings? removal = keys.Optional<RemovalSettings?>("removal", Removal, new RemovalSettings());
        HashBankSettings? hashBanks = keys.Optional<HashBankSettings?>("hash-banks", HashBanks, new HashBankSettings());
        RuleSettings? rules = keys.Optional<RuleSettings?>("rules", Rules, new RuleSettings());
        LogSettings? logs = keys.Optional<LogSettings?>("logs", Logs, new LogSettings());
        IReadOnlyList<VantageSettings> vantages = Vantages(keys);
        DnsSettings? dns = keys.Optional<DnsSettings?>("dns", Dns, new DnsSettings());
        RenderingSettings? rendering = keys.Optional<RenderingSettings?>("rendering", Rendering, new RenderingSettings());
        ContactsSettings? contacts = keys.Optional<ContactsSettings?>("contacts", Contacts, new ContactsSettings());
        EvidenceSettings? evidence = keys.Optional<EvidenceSettings?>("evidence", Evidence, new EvidenceSettings());
        ConsoleSettings? console = keys.Optional<ConsoleSettings?>("console", Console, new ConsoleSettings());
        TransferRules? transfers = keys.Optional<TransferRules?>("transfers", Transfers, new TransferRules());
        IReadOnlyList<TransferPeer> peers = keys.Optional("transfer-peers", Shapes.ListOf<TransferPeer>(Peer), []);
        CustodySettings? custody = keys.Optional<CustodySettings?>("custody", Custody, new CustodySettings());
        IReadOnlyList<string> tracking = keys.Optional(
            "tracking-parameters",
            Shapes.ListOf(Shapes.Written(
                TrackingParameter(),
                ProblemCodes.WrongType,
                new("tên tham số như fbclid, hoặc phần đầu tên kết thúc bằng * như utm_*", "a parameter name such as fbclid, or the beginning of names ending in * such as utm_*"))),
            []);
        return keys.Finish()
            ? new InstallationSettings
            {
                Name = name!,
                Contact = contact!,
                Fetch = fetch!,
                Smtp = smtp!,
                Inbox = inbox!,
                Sweeps = sweeps!,
                Removal = removal!,
                HashBanks = hashBanks!,
                Logs = logs!,
                Rules = rules!,
                Vantages = vantages,
                Dns = dns!,
                Rendering = rendering!,
                Contacts = contacts!,
                Evidence = evidence!,
                Console = console!,
                Transfers = transfers!,
                TransferPeers = peers,
                Custody = custody!,
                TrackingParameters = tracking,
            }
            : null;
    }

    private static bool Fetch(YamlNode node, BindingContext context, out FetchSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        FetchSettings defaults = new();
        value = new FetchSettings
        {
            Delay = keys.Optional("delay", Shapes.Duration(TimeSpan.Zero, TimeSpan.FromHours(1)), defaults.Delay),
            Parallelism = keys.Optional("parallelism", Shapes.Number(1, 256), defaults.Parallelism),
            MaxPageMegabytes = keys.Optional("max-page-megabytes", Shapes.Number(1, 256), defaults.MaxPageMegabytes),
            MaxMediaMegabytes = keys.Optional("max-media-megabytes", Shapes.Number(1, 1024), defaults.MaxMediaMegabytes),
            MaxMediaPerPage = keys.Optional("max-media-per-page", Shapes.Number(0, 1000), defaults.MaxMediaPerPage),
            TotalTime = keys.Optional("total-time", UpToADay, defaults.TotalTime),
            LoopbackTargets = keys.Optional("loopback-targets", Shapes.ListOf<string>(Shapes.LoopbackTarget), []),
        };
        return keys.Finish();
    }

    private static bool Smtp(YamlNode node, BindingContext context, out SmtpSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        SmtpSettings defaults = new();
        value = new SmtpSettings
        {
            Host = keys.Optional<string>("host", Shapes.ServerOrEmpty, ""),
            Port = keys.Optional("port", Shapes.Number(1, 65535), defaults.Port),
            Security = keys.Optional<MailSecurity>("security", Security, defaults.Security),
            Username = keys.Optional("username", Shapes.TextOrEmpty, ""),
            PasswordVariable = keys.Optional<string>("password-variable", VariableName, ""),
            PasswordFile = keys.Optional("password-file", Shapes.TextOrEmpty, ""),
            From = keys.Optional<string>("from", Shapes.MailOrEmpty, ""),
            PlusAddress = keys.Optional<bool>("plus-address", Shapes.Flag, defaults.PlusAddress),
            Dsn = keys.Optional<bool>("dsn", Shapes.Flag, defaults.Dsn),
            Dkim = keys.Optional<DkimSettings?>("dkim", Dkim, null),
            Smime = keys.Optional<SmimeSettings?>("smime", Smime, null),
            AlertsTo = keys.Optional<string>("alerts-to", Shapes.MailOrEmpty, ""),
            TotalTime = keys.Optional("total-time", UpToADay, defaults.TotalTime),
        };
        bool good = keys.Finish();
        if (value.Host.Length == 0)
            return good;

        if (value.Security == MailSecurity.None && !LoopbackHost.Is(value.Host))
        {
            keys.Fail(
                "security",
                ProblemCodes.UnencryptedMail,
                new($"thư đến '{value.Host}' sẽ đi không mã hoá", $"mail to '{value.Host}' would travel unencrypted"),
                new("start-tls hoặc tls; 'none' chỉ dành cho máy chủ thư trên chính máy này", "start-tls or tls; 'none' is only for a mail server on this machine"));
        }

        if (value.Username.Length > 0 && value.PasswordVariable.Length == 0 && value.PasswordFile.Length == 0 && good)
        {
            NoPasswordSource(keys);
        }

        if (value.From.Length == 0 && keys.NodeOf("from") is null or YamlText { Value: "" })
            keys.Fail("from", ProblemCodes.MissingKey, new("có máy chủ thư nhưng thiếu địa chỉ gửi 'from'", "there is a mail server but no sender address 'from'"), Expectations.Mail);
        return !keys.Failed;
    }

    private static void NoPasswordSource(MapReader keys) => keys.Fail(
        "username",
        ProblemCodes.PasswordSourceMissing,
        new("có tên đăng nhập nhưng không nói mật khẩu ở đâu", "there is a user name, but nothing says where the password is"),
        new("thêm 'password-variable' hoặc 'password-file'", "add 'password-variable' or 'password-file'"));

    /// <summary>Upper case only, and never repeated in a message: what does not fit may be the password itself, put here by mistake.</summary>
    internal static bool VariableName(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlText)?.Value;
        if (value is not null && VariableOrEmpty().IsMatch(value))
            return true;
        context.Complain(
            node,
            ProblemCodes.SecretInFile,
            new("đây phải là tên một biến môi trường, không phải mật khẩu", "this must be the name of an environment variable, not a password"),
            new("chữ hoa, chữ số, gạch dưới, ví dụ MONITOR_SMTP_PASSWORD", "upper-case letters, digits, underscores, such as MONITOR_SMTP_PASSWORD"),
            secret: true);
        return false;
    }

    private static bool Security(YamlNode node, BindingContext context, out MailSecurity value)
    {
        // Written both ways in other programs; ours is start-tls.
        return Shapes.OneOf(node is YamlText { Value: "starttls" } text ? text with { Value = "start-tls" } : node, context, out value);
    }

    private static bool Sweeps(YamlNode node, BindingContext context, out SweepSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        SweepSettings defaults = new();
        value = new SweepSettings
        {
            Interval = keys.Optional("interval", UpToADay, defaults.Interval),
            Lease = keys.Optional("lease", UpToADay, defaults.Lease),
            Batch = keys.Optional("batch", Shapes.Number(1, 10_000), defaults.Batch),
            Maintenance = keys.Optional("maintenance", UpToADay, defaults.Maintenance),
        };
        return keys.Finish();
    }

    private static bool Removal(YamlNode node, BindingContext context, out RemovalSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        RemovalSettings rule = new();
        value = new RemovalSettings
        {
            HardConfirmations = keys.Optional("hard-confirmations", Shapes.Number(1, 100), rule.HardConfirmations),
            HardSpan = keys.Optional("hard-span", UpToAYear, rule.HardSpan),
            SoftConfirmations = keys.Optional("soft-confirmations", Shapes.Number(1, 100), rule.SoftConfirmations),
            SoftSpan = keys.Optional("soft-span", UpToAYear, rule.SoftSpan),
            DurableAfter = keys.Optional("durable-after", UpToAYear, rule.DurableAfter),
            LargestGap = keys.Optional("largest-gap", UpToAYear, rule.LargestGap),
            CountingPause = keys.Optional("counting-pause", UpToAYear, rule.CountingPause),
            BlindAfter = keys.Optional("blind-after", UpToAYear, rule.BlindAfter),
            PeopleApart = keys.Optional("people-apart", UpToAYear, rule.PeopleApart),
        };
        WarnIfWeaker("hard-confirmations", value.HardConfirmations < rule.HardConfirmations);
        WarnIfWeaker("hard-span", value.HardSpan < rule.HardSpan);
        WarnIfWeaker("soft-confirmations", value.SoftConfirmations < rule.SoftConfirmations);
        WarnIfWeaker("soft-span", value.SoftSpan < rule.SoftSpan);
        WarnIfWeaker("durable-after", value.DurableAfter < rule.DurableAfter);
        WarnIfWeaker("largest-gap", value.LargestGap > rule.LargestGap);
        WarnIfWeaker("counting-pause", value.CountingPause < rule.CountingPause);
        WarnIfWeaker("blind-after", value.BlindAfter > rule.BlindAfter);
        WarnIfWeaker("people-apart", value.PeopleApart < rule.PeopleApart);
        return keys.Finish();

        void WarnIfWeaker(string key, bool weaker)
        {
            if (weaker)
            {
                context.File.Report(
                    keys.SpanOf(key),
                    ProblemCodes.WeakerThanTheRule,
                    new($"'{key}' yếu hơn quy tắc xác nhận gỡ bỏ mặc định", $"'{key}' is weaker than the default rule of removal proof"),
                    severity: ProblemSeverity.Warning);
            }
        }
    }

    private static bool HashBanks(YamlNode node, BindingContext context, out HashBankSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        HashBankSettings defaults = new();
        value = new HashBankSettings
        {
            FloodTargets = keys.Optional("flood-targets", Shapes.Number(2, 1_000_000), defaults.FloodTargets),
            FloodHosts = keys.Optional("flood-hosts", Shapes.Number(2, 1_000_000), defaults.FloodHosts),
            FloodWindow = keys.Optional("flood-window", UpToAYear, defaults.FloodWindow),
        };
        return keys.Finish();
    }

    private static bool Rules(YamlNode node, BindingContext context, out RuleSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        value = new RuleSettings { Activation = keys.Optional<RuleActivation>("activation", Shapes.OneOf, new RuleSettings().Activation) };
        return keys.Finish();
    }

    private static bool Logs(YamlNode node, BindingContext context, out LogSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        LogSettings defaults = new();
        value = new LogSettings
        {
            RetainedDays = keys.Optional("retained-days", Shapes.Number(1, 3660), defaults.RetainedDays),
            Level = keys.Optional("level", Shapes.Word("Verbose", "Debug", "Information", "Warning", "Error"), defaults.Level),
        };
        return keys.Finish();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.\-\[\]]+\*?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TrackingParameter();

    [GeneratedRegex(@"\A([A-Z_][A-Z0-9_]*)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex VariableOrEmpty();
}
