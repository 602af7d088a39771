using System.CommandLine;
using System.Globalization;
using System.Text;
using Monitor.Rules.Matching;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Cli.Verbs;

public static class PlatformVerbs
{
    public static Command Build(VerbSet verbs)
    {
        var url = new Argument<string>("url");
        return verbs.Group("platforms", "Hồ sơ nền tảng", "Platform profiles",
            verbs.Plain("list", "Các hồ sơ đang có", "The profiles there are", [], (_, _) => Task.FromResult(Configuration(verbs) is { } configuration ? List(verbs, configuration) : ExitCodes.Configuration)),
            verbs.Plain("test", "Địa chỉ này thuộc hồ sơ nào, vì sao", "Which profile applies to a URL, and why", [url], (parsed, _) =>
                Task.FromResult(Configuration(verbs) is { } configuration ? Test(verbs, configuration, parsed.GetValue(url)!) : ExitCodes.Configuration)),
            PlatformContactsVerb.Build(verbs));
    }

    private static MonitorConfiguration? Configuration(VerbSet verbs)
    {
        var reading = new ConfigurationLoader(TimeProvider.System).Load(verbs.Context.ConfigDirectory);
        if (reading.Value is null)
        {
            ProblemOutput.Write(verbs.Context, reading.Problems);
        }

        return reading.Value;
    }

    private static int List(VerbSet verbs, MonitorConfiguration configuration)
    {
        var profiles = configuration.Platforms.Values.OrderBy(profile => profile.IsGeneric).ThenBy(profile => profile.Id, StringComparer.Ordinal).ToList();
        if (verbs.Context.Json)
        {
            foreach (var profile in profiles)
            {
                verbs.Context.Line(new { id = profile.Id, name = profile.Name, hosts = profile.Hosts, mediaHosts = profile.MediaHosts, urlPatterns = profile.UrlPatterns, channels = Channels(profile), generic = profile.IsGeneric, walled = profile.Walled, requiresSignedDocument = profile.RequiresSignedDocument, deadlineHours = profile.DeadlineHours, language = profile.Language });
            }

            return ExitCodes.Done;
        }

        verbs.Context.Table(
            [verbs.Say("mã", "id"), verbs.Say("tên", "name"), verbs.Say("máy chủ", "hosts"), verbs.Say("kênh", "channels"), verbs.Say("ghi chú", "notes")],
            profiles.Select(profile => (IReadOnlyList<string>)[profile.Id, profile.Name, string.Join(", ", profile.Hosts.Concat(profile.MediaHosts)), string.Join(", ", profile.Channels.Select(channel => CodeName.Of(channel.Kind))), Notes(verbs, profile)]));
        return ExitCodes.Done;
    }

    private static int Test(VerbSet verbs, MonitorConfiguration configuration, string text)
    {
        if (!CanonicalUrl.TryCreate(text, UrlOptions.From(configuration), out var canonical, out var problem))
        {
            return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "bad-url", text, problem.ToString()));
        }

        var choice = Platforms.Explain(canonical.Value, configuration);
        var profile = choice.Chosen!;
        var why = Why(verbs, choice.Claims[0]);
        var account = Platforms.Account(profile, canonical.Value);
        var post = Platforms.Post(profile, canonical.Value);
        var others = choice.Claims.Skip(1).Select(claim => new { profile = claim.Profile.Id, end = claim.End, why = WhyNot(verbs, claim, profile) }).ToList();
        var proof = Proof(verbs, profile);
        if (verbs.Context.Json)
        {
            verbs.Context.Line(new
            {
                url = canonical.Value,
                profile = profile.Id,
                name = profile.Name,
                claim = choice.Claims[0].Claim,
                host = choice.Claims[0].Host,
                pattern = choice.Claims[0].Pattern,
                why,
                others,
                account,
                post,
                channels = Channels(profile),
                addressee = profile.Channels.Count > 0 ? profile.Channels[0].Addressee : null,
                language = profile.Language,
                deadlineHours = profile.DeadlineHours,
                requires = profile.Requires,
                itemsPerNotice = profile.ItemsPerNotice,
                noticesPerHour = profile.NoticesPerHour,
                requiresSignedDocument = profile.RequiresSignedDocument,
                walled = profile.Walled,
                requiredVantages = profile.RequiredVantages,
                proof,
            });
            return ExitCodes.Done;
        }

        var lines = new StringBuilder(canonical.Value);
        Add("hồ sơ", "profile", $"{profile.Id} ({profile.Name}): {why}");
        Add("tài khoản", "account", account ?? "–");
        Add("bài", "post", post ?? "–");
        foreach (var (channel, index) in profile.Channels.Select((channel, index) => (channel, index)))
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"kênh {index + 1}"), string.Create(CultureInfo.InvariantCulture, $"channel {index + 1}"), $"{CodeName.Of(channel.Kind)} {channel.Address} – {channel.Addressee}");
        }

        if (profile.Channels.Count == 0)
        {
            Add("kênh", "channels", verbs.Say("chưa có ai để gửi: xem 'platforms contacts'", "nobody to write to yet: see 'platforms contacts'"));
        }

        Add("thời hạn", "deadline", profile.DeadlineHours is { } hours ? verbs.Say($"{hours} giờ kể từ khi văn bản đến nơi", $"{hours} hours from delivery") : verbs.Say("theo căn cứ pháp lý", "as the legal basis says"));
        Add("phải có trong văn bản", "a notice must hold", profile.Requires.Count == 0 ? "–" : string.Join(", ", profile.Requires.Select(CodeName.Of)));
        Add("bằng chứng gỡ bỏ", "proof of removal", proof);
        foreach (var other in others.Where(other => other.end != ClaimEnd.OtherHost))
        {
            Add($"không phải {other.profile}", $"not {other.profile}", other.why);
        }

        var elsewhere = others.Where(other => other.end == ClaimEnd.OtherHost).Select(other => other.profile).ToList();
        if (elsewhere.Count > 0)
        {
            Add("máy chủ khác", "other hosts", string.Join(", ", elsewhere));
        }

        verbs.Context.Out.WriteLine(CliContext.Clean(lines.ToString()));
        return ExitCodes.Done;

        void Add(string vietnamese, string english, string value) => lines.Append("\n  ").Append(verbs.Say(vietnamese, english)).Append(": ").Append(value);
    }

    private static string Why(VerbSet verbs, PlatformClaim claim) => claim.Claim switch
    {
        HostClaim.Generic => verbs.Say("không hồ sơ nào nhận máy chủ này", "no profile claims this host"),
        HostClaim.Media => verbs.Say($"máy chủ chứa ảnh, video của nền tảng ({claim.Host})", $"a media host of the platform ({claim.Host})"),
        HostClaim.Parent => verbs.Say($"máy chủ nằm dưới {claim.Host}", $"the host stands under {claim.Host}") + Pattern(verbs, claim),
        _ => verbs.Say($"đúng máy chủ {claim.Host}", $"the host is {claim.Host}") + Pattern(verbs, claim),
    };

    private static string Pattern(VerbSet verbs, PlatformClaim claim) => claim.Pattern is null ? "" : verbs.Say($", đường dẫn khớp {claim.Pattern}", $", and the path matches {claim.Pattern}");

    private static string WhyNot(VerbSet verbs, PlatformClaim claim, PlatformProfile chosen) => claim.End switch
    {
        ClaimEnd.PatternMissed => verbs.Say("đúng máy chủ nhưng đường dẫn không khớp 'url-patterns'", "the host is its own, but none of its 'url-patterns' matches the path"),
        ClaimEnd.Farther when claim.Claim == HostClaim.Generic => verbs.Say("chỉ dùng khi không hồ sơ nào nhận máy chủ", "only for hosts that no profile claims"),
        ClaimEnd.Farther => verbs.Say($"{chosen.Id} gần máy chủ này hơn", $"{chosen.Id} is nearer to this host"),
        ClaimEnd.LessParticular => verbs.Say($"{chosen.Id} có mẫu đường dẫn khớp", $"{chosen.Id} has a pattern that matches the path"),
        ClaimEnd.Tied => verbs.Say($"ngang nhau; mã {chosen.Id} đứng trước", $"as good; the id {chosen.Id} comes first"),
        _ => verbs.Say("máy chủ khác", "another host"),
    };

    private static string Proof(VerbSet verbs, PlatformProfile profile)
    {
        var lines = string.Join(", ", profile.RequiredVantages);
        return profile.Walled
            ? verbs.Say("người xem xác nhận, kèm bản chụp: nền tảng chặn khách không đăng nhập", "confirmed by people, with a capture: the platform walls visitors")
            : verbs.Say($"các lần xem đều thấy đã mất từ: {lines}", $"seen gone, time after time, from: {lines}");
    }

    private static string Notes(VerbSet verbs, PlatformProfile profile) => string.Join(", ", new[]
    {
        profile.IsGeneric ? verbs.Say("hồ sơ chung", "generic") : "",
        profile.Walled ? verbs.Say("chặn khách", "walled") : "",
        profile.RequiresSignedDocument ? verbs.Say("cần văn bản ký, đóng dấu", "signed document") : "",
        profile.DeadlineHours is { } hours ? verbs.Say($"hạn {hours} giờ", $"{hours} hours") : "",
    }.Where(note => note.Length > 0));

    private static IEnumerable<object> Channels(PlatformProfile profile) => profile.Channels.Select(channel => new { kind = channel.Kind, address = channel.Address, addressee = channel.Addressee });
}
