using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>platforms/*.yaml: one profile a file.</summary>
internal static partial class PlatformFile
{
    private const int MostUrlPatterns = 50;

    public static PlatformProfile? Bind(BindingContext context, YamlMap root)
    {
        MapReader keys = new(context, root);
        string? id = keys.Declare(ReferenceKind.Platform);
        string? name = keys.Required("name", Shapes.Text);

        // May be written as []: an addressee of the ladder (a hosting company, an authority) that no page belongs to.
        IReadOnlyList<string>? hosts = keys.Required("hosts", Shapes.ListOf<string>(Shapes.Host));
        IReadOnlyList<string> mediaHosts = keys.Optional("media-hosts", Shapes.ListOf<string>(Shapes.Host), []);
        string? account = keys.Optional<string?>("account-pattern", Shapes.Pattern("account")!, null);
        string? post = keys.Optional<string?>("post-pattern", Shapes.Pattern("post")!, null);
        IReadOnlyList<string> urlPatterns = keys.Optional("url-patterns", Shapes.ListOf(Shapes.Pattern(), least: 1, most: MostUrlPatterns), []);
        bool generic = hosts?.Contains("*") == true;

        // Whoever runs an unknown site is found out by a person: the generic profile has nobody to write to.
        IReadOnlyList<ChannelProfile>? channels = keys.Required("channels", Shapes.ListOf<ChannelProfile>(ReadChannel, least: generic ? 0 : 1));
        string language = keys.Optional("language", Shapes.Word("vi", "en"), "vi");
        bool signed = keys.Optional<bool>("requires-signed-document", Shapes.Flag, false);
        IReadOnlyList<NoticeRequirement> requires = keys.Optional("requires", Shapes.ListOf<NoticeRequirement>(Shapes.OneOf), []);
        int? deadline = keys.Optional("deadline-hours", Shapes.Maybe(Shapes.Number(1, 8760)), null);
        int itemsPerNotice = keys.Optional("items-per-notice", Shapes.Number(1, 200), 1);
        int? noticesPerHour = keys.Optional("notices-per-hour", Shapes.Maybe(Shapes.Number(1, 1000)), null);
        IReadOnlyList<string> vantages = keys.Optional("required-vantages", Shapes.ListOf<string>(Shapes.ReferenceTo(ReferenceKind.Vantage), least: 1), [VantageSettings.Direct]);
        if (keys.NodeOf("required-vantages") is null or YamlText { IsAbsent: true })
            context.References.Require(VantageSettings.Direct, context.File, keys.SpanOf("required-vantages"), ReferenceKind.Vantage);
        bool walled = keys.Optional<bool>("walled", Shapes.Flag, false);
        IReadOnlyList<LadderStep> ladder = keys.Optional("ladder", Shapes.ListOf<LadderStep>(ReadStep, distinct: false), []);

        if (generic && hosts!.Count > 1)
            keys.Fail("hosts", ProblemCodes.BadHost, new("'*' đứng một mình: hồ sơ chung không có tên máy chủ khác", "'*' stands alone: the generic profile has no other host"));
        if (urlPatterns.Count > 0 && (generic || hosts is { Count: 0 }))
            keys.Fail("url-patterns", ProblemCodes.WithoutEffect, new("'url-patterns' cần 'hosts' có tên máy chủ", "'url-patterns' needs host names in 'hosts'"));
        FailNeverMet(keys, requires, NoticeRequirement.Post, "post", "post-pattern");
        FailNeverMet(keys, requires, NoticeRequirement.Account, "account", "account-pattern");
        for (int i = 1; i < ladder.Count; i++)
        {
            if (ladder[i].After < ladder[i - 1].After)
            {
                keys.Fail("ladder", ProblemCodes.LadderOrder, new("các bậc phải theo thứ tự thời gian 'after' tăng dần", "the steps must be in order of rising 'after'"));
                break;
            }
        }

        if (channels is not null && !generic && channels.Count < 2 && ladder.Any(step => step is { Action: LadderAction.SecondChannel, Addressee: null }))
        {
            keys.Fail(
                "ladder",
                ProblemCodes.AddresseeMissing,
                new("bậc 'second-channel' cần kênh thứ hai trong 'channels' hoặc 'addressee'", "a 'second-channel' step needs a second one of 'channels', or an 'addressee'"));
        }

        if (!keys.Finish())
            return null;
        return new PlatformProfile
        {
            Id = id!,
            Name = name!,
            Hosts = hosts!,
            MediaHosts = mediaHosts,
            AccountPattern = account,
            PostPattern = post,
            UrlPatterns = urlPatterns,
            Channels = channels!,
            Requires = requires,
            DeadlineHours = deadline,
            ItemsPerNotice = itemsPerNotice,
            NoticesPerHour = noticesPerHour,
            Language = language,
            RequiresSignedDocument = signed,
            RequiredVantages = vantages,
            Walled = walled,
            Ladder = ladder,
        };
    }

    /// <summary>What no pattern can find would hold back every notice for ever.</summary>
    private static void FailNeverMet(MapReader keys, IReadOnlyList<NoticeRequirement> requires, NoticeRequirement requirement, string word, string pattern)
    {
        if (keys.NodeOf(pattern) is not null and not YamlText { IsAbsent: true })
            return;
        if (requires.Contains(requirement))
            keys.Fail("requires", ProblemCodes.NeverMet, new($"'requires: {word}' cần '{pattern}'", $"'requires: {word}' needs '{pattern}'"));
    }

    private static bool ReadStep(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out LadderStep value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        TimeSpan after = keys.Required("after", Shapes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(366)));
        LadderAction action = keys.Required<LadderAction>("action", Shapes.OneOf);
        string? addressee = keys.Optional<string?>("addressee", Shapes.ReferenceTo(ReferenceKind.Platform, ReferenceKind.Agency)!, null);
        if (action == LadderAction.Reminder && addressee is not null && !keys.Failed)
        {
            // An approval covers reminders to the same addressee only.
            keys.Fail("addressee", ProblemCodes.LadderOrder, new("'reminder' luôn gửi lại người nhận cũ, không có 'addressee'", "a 'reminder' always goes to the same addressee: it has no 'addressee' of its own"));
        }

        if (!keys.Finish())
            return false;
        value = new LadderStep(after, action, addressee);
        return true;
    }
}
