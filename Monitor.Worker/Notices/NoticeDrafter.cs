using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Channels;
using Monitor.Worker.Operations;
using Monitor.Worker.Printing;
using Monitor.Worker.Settings;
using Item = Monitor.Rules.Takedowns.NoticeItem;

namespace Monitor.Worker.Notices;

/// <summary>
/// Makes the next notice version of a request, or of several pages of one platform: exactly the bytes that will be sent, with the next number
/// of the agency's series. Complete or refused with the list of what is missing.
/// </summary>
public sealed class NoticeDrafter
{
    private static readonly ConditionalWeakTable<MonitorConfiguration, NoticeTemplates> Compiled = [];

    public DraftResult Draft(DraftOrder order)
    {
        var configuration = order.Configuration;
        var request = order.First.Request;
        var missing = new List<MissingPart>();
        if (!configuration.Agencies.TryGetValue(request.OwnerAgency, out var agency))
        {
            missing.Add(new MissingPart(NoticePart.Agency));
        }

        if (!configuration.LegalBases.TryGetValue(request.LegalBasisId, out var basis))
        {
            missing.Add(new MissingPart(NoticePart.LegalBasis));
        }

        if (!configuration.Platforms.TryGetValue(request.PlatformId, out var platform) || (platform.Channels.Count == 0 && order.To is null))
        {
            missing.Add(new MissingPart(NoticePart.Channel));
        }

        var channel = order.To?.Channel ?? (platform is null ? null : ChannelOf(order, platform));
        if (channel is { Address.Length: 0 })
        {
            missing.Add(new MissingPart(NoticePart.Address));
        }

        var from = configuration.Installation.Smtp.From;
        if (from.Length == 0)
        {
            missing.Add(new MissingPart(NoticePart.Sender));
        }

        if (missing.Count > 0)
        {
            return new DraftResult.Incomplete(missing);
        }

        var now = order.Now;
        var year = Desk.DayOf(now).Year;
        var series = order.Series;
        // A draft that takes in another page keeps its number: nothing of it has left.
        var number = order.Standing is null ? series.Last + 1 : series.Last;
        var reference = order.Standing?.Id ?? Ids.Notice(agency!.Code, year, number);
        var version = order.Standing?.Number ?? order.Subjects.Max(subject => subject.Request.Notices) + 1;
        var items = Items(order, platform!);
        // A first demand without what the platform acts on would only come back; later versions are about what it was given already.
        if (order.Kind == NoticeKind.Takedown && Lacking(items, platform!) is { Count: > 0 } lacking)
        {
            return new DraftResult.Incomplete(lacking);
        }

        var language = LanguageOf(order, platform!);
        // An authority that a demand was passed to is reminded of what it was asked, not asked as the platform is.
        var name = TemplateKind(order.Kind == NoticeKind.Reminder && request.RelayTo is not null ? NoticeKind.Relay : order.Kind) + "." + language;
        var signer = SignerOf(order, Desk.DayOf(now));
        var model = Model(order, agency!, basis!, platform!, channel!, language, signer, items, reference, version, from);
        switch (TemplatesOf(configuration).Render(name, model))
        {
            case NoticeRendering.Failed failed:
                return new DraftResult.Incomplete([new MissingPart(NoticePart.Template, failed.Reason)]);
            case NoticeRendering.Rendered rendered:
                var notice = new Notice
                {
                    Id = reference,
                    Version = order.Standing?.Version ?? 0,
                    RequestId = request.Id,
                    CaseId = request.CaseId,
                    TargetId = request.TargetId,
                    OwnerAgency = request.OwnerAgency,
                    Kind = order.Kind,
                    Number = version,
                    Parent = order.Parent?.Id,
                    Category = request.Category,
                    LegalBasisId = request.LegalBasisId,
                    PlatformId = platform!.Id,
                    Channel = channel!.Kind,
                    To = channel.Address,
                    Addressee = channel.Addressee,
                    Language = language,
                    Items = items,
                    MostItems = order.Kind == NoticeKind.Takedown ? platform.ItemsPerNotice : items.Count,
                    Subject = rendered.Subject,
                    Body = rendered.Body,
                    Typeset = true,
                    MailParts = channel.Parts,
                    ContentDigest = ContentDigest(rendered.Subject, rendered.Body),
                    Signer = signer?.Id,
                    Template = name,
                    TemplateDigest = TemplateDigest(configuration, name),
                    Model = JsonSerializer.Serialize(model),
                    DraftedBy = order.By,
                    DraftedAt = now,
                    MessageId = MessageIds.For(reference, version, channel.Kind.ToString().ToLowerInvariant(), MessageIds.DomainOf(from) ?? "localhost"),
                };
                var content = Forms(notice, model);
                if (content.Xarf.Length > 0 && XarfRules.Check(content.Xarf) is { Count: > 0 } faults)
                {
                    return new DraftResult.Incomplete([.. faults.Select(fault => new MissingPart(NoticePart.Xarf, fault.ToString()!))]);
                }

                notice = notice with { ContentDigest = content.Digest };
                return new DraftResult.Drafted(notice, series with { Last = number }, [.. order.Subjects.Select(subject => order.Named(subject) ? subject.Request : subject.Request with { Notices = subject.Request.Notices + 1 })]);
            default:
                throw new InvalidOperationException("unknown render result");
        }
    }

    /// <summary>
    /// The same notice under another signer's name: nothing but the signature changes. Null when the template is no longer the one it was
    /// rendered from: such a draft is cancelled and made anew.
    /// </summary>
    public static Notice? Resign(Notice notice, Person signer, MonitorConfiguration configuration)
    {
        if (string.Equals(notice.Signer, signer.Id, StringComparison.OrdinalIgnoreCase))
        {
            return notice;
        }

        if (TemplateDigest(configuration, notice.Template) != notice.TemplateDigest || JsonSerializer.Deserialize<NoticeModel>(notice.Model) is not { } model)
        {
            return null;
        }

        model = model with { Signer = new NoticeSigner(signer.Name, signer.Title) };
        if (TemplatesOf(configuration).Render(notice.Template, model) is not NoticeRendering.Rendered rendered)
        {
            return null;
        }

        var signed = notice with { Signer = signer.Id, Model = JsonSerializer.Serialize(model), Subject = rendered.Subject, Body = rendered.Body };
        return signed with { ContentDigest = Forms(signed, model).Digest };
    }

    /// <summary>Key of the counter a notice of this agency takes its number from today.</summary>
    public static string SeriesOf(string agencyId, MonitorConfiguration configuration, DateTimeOffset now) =>
        Ids.NoticeSeries(configuration.Agencies.TryGetValue(agencyId, out var agency) ? agency.Code : agencyId, Desk.DayOf(now).Year);

    /// <summary>All forms of a notice, from its model and the template it was drafted with; null when that template is no longer in force.</summary>
    public static NoticeContent? Render(Notice notice, MonitorConfiguration configuration) =>
        TemplateDigest(configuration, notice.Template) == notice.TemplateDigest ? Forms(notice, JsonSerializer.Deserialize<NoticeModel>(notice.Model)) : null;

    /// <summary>Text as it was rendered, and what is made of the model.</summary>
    private static NoticeContent Forms(Notice notice, NoticeModel? model)
    {
        if (model is null)
        {
            return new NoticeContent(notice.Subject, notice.Body, "", [], []);
        }

        var xarf = XarfReport.Of(notice, model);
        if (!notice.Typeset)
        {
            return new NoticeContent(notice.Subject, notice.Body, "", [], xarf);
        }

        var blocks = NoticeDocument.Of(notice, model);
        return new NoticeContent(notice.Subject, notice.Body, NoticeHtml.Of(notice, blocks), OfficialFonts.Find() is { } fonts ? NoticePdf.Of(blocks, fonts) : [], xarf);
    }

    /// <summary>A field of a platform's form or API over what the notice was filled with; null: it cannot be rendered.</summary>
    public static string? RenderField(string liquid, Notice notice) =>
        JsonSerializer.Deserialize<NoticeModel>(notice.Model) is { } model ? NoticeTemplates.RenderField(liquid, model) : null;

    public static Digest ContentDigest(string subject, string body) => new NoticeContent(subject, body, "", [], []).Digest;

    private static string TemplateKind(NoticeKind kind) => kind switch
    {
        NoticeKind.Takedown => NoticeKinds.Takedown,
        NoticeKind.Media => NoticeKinds.Media,
        NoticeKind.Reminder => NoticeKinds.Reminder,
        NoticeKind.Reappearance => NoticeKinds.Takedown,
        NoticeKind.Retraction => NoticeKinds.Retraction,
        NoticeKind.Escalation => NoticeKinds.Escalation,
        NoticeKind.Relay => NoticeKinds.Relay,
    };

    /// <summary>The agency's approver who is expected to sign; never a verifier of any page.</summary>
    private static Person? SignerOf(DraftOrder order, DateOnly day) => order.Configuration.People.Values
        .Where(person => person.AgencyId == order.First.Request.OwnerAgency && person.Has(Role.Approver) && person.IsValidOn(day) && order.Subjects.All(subject => subject.Request.VerifiedBy != person.Id))
        .OrderBy(person => person.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    private static Digest? TemplateDigest(MonitorConfiguration configuration, string name) =>
        configuration.NoticeTemplates.TryGetValue(name, out var source) ? ContentDigest(source.Subject, source.Body) : null;

    // Compiled once per configuration.
    private static NoticeTemplates TemplatesOf(MonitorConfiguration configuration) =>
        Compiled.GetValue(configuration, one => NoticeTemplates.Compile(one.NoticeTemplates.Values));

    private static IReadOnlyList<Item> Items(DraftOrder order, PlatformProfile platform) => [.. order.Subjects.Select(subject => ItemOf(subject, platform))];

    private static Item ItemOf(DraftSubject subject, PlatformProfile platform)
    {
        var target = subject.Target;
        return new Item
        {
            RequestId = subject.Request.Id,
            TargetId = target.Id,
            CaseId = subject.Request.CaseId,
            Url = target.Url,
            // The media that still answer, or all that are known while the page itself is demanded.
            Media = [.. (subject.LiveMedia ?? [.. target.Media.Select(media => media.Url)]).Where(url => url.StartsWith("http", StringComparison.OrdinalIgnoreCase)).Take(50)],
            Account = Platforms.Account(platform, target.Url),
            Post = Platforms.Post(platform, target.Url),
            Digests = [.. target.Media.SelectMany(media => media.Digests).Where(digest => digest.Kind == DigestKind.Sha256).Distinct().Take(50)],
            FirstSeenAt = target.Media.Count > 0 ? target.Media.Min(media => media.FirstSeenAt) : target.Baseline?.CapturedAt ?? target.CreatedAt,
            LastSeenAt = target.Progress.LastLiveAt ?? target.CreatedAt,
        };
    }

    /// <summary>What the platform must be given and an item does not have, each with its page.</summary>
    private static List<MissingPart> Lacking(IReadOnlyList<Item> items, PlatformProfile platform) =>
    [
        .. items.SelectMany(item => platform.Requires
            .Where(requirement => requirement switch
            {
                NoticeRequirement.Post => item.Post is null,
                NoticeRequirement.Account => item.Account is null,
                NoticeRequirement.MediaUrl => item.Media.Count == 0,
                NoticeRequirement.Digest => item.Digests.Count == 0,
            })
            .Select(requirement => new MissingPart(
                requirement switch
                {
                    NoticeRequirement.Post => NoticePart.Post,
                    NoticeRequirement.Account => NoticePart.Account,
                    NoticeRequirement.MediaUrl => NoticePart.MediaUrl,
                    NoticeRequirement.Digest => NoticePart.Digest,
                },
                item.Url))),
    ];

    private static NoticeModel Model(DraftOrder order, Agency agency, LegalBasis basis, PlatformProfile platform, ChannelProfile channel, string language, Person? signer, IReadOnlyList<Item> items, string reference, int version, string from)
    {
        var request = order.First.Request;
        return new NoticeModel
        {
            Notice = new NoticeFacts(
                reference,
                version,
                order.Parent?.Id,
                ResentCopy: false,
                TemplateKind(order.Kind),
                order.Subjects.Any(subject => subject.Case.Danger) ? "urgent" : "normal",
                Desk.DayOf(order.Now),
                DocumentNumber: null),
            Agency = new NoticeAgency(agency.Name, agency.NameEnglish, agency.Superior, agency.Place, agency.Address, agency.Email, agency.Phone),
            Signer = new NoticeSigner(signer?.Name ?? "", signer?.Title ?? ""),
            PlatformName = platform.Name,
            Addressee = channel.Addressee,
            CategoryVietnamese = request.Category.Vietnamese(),
            CategoryEnglish = request.Category.English(),
            Basis = new NoticeBasis(basis.Citation, basis.CitationEnglish, basis.ValidFrom),
            Items =
            [
                .. items.Select(item => new NoticeItem(
                    item.Url,
                    item.Media,
                    item.Account,
                    item.Post,
                    [.. item.Digests.Select(digest => new NoticeDigest(digest.Kind.ToString().ToLowerInvariant(), digest.ToString()))],
                    item.FirstSeenAt,
                    item.LastSeenAt)),
            ],
            RequestedActions = order.Kind == NoticeKind.Retraction ? [] : ["remove-everywhere", "preserve-6-months"],
            DeadlineHours = request.DeadlineHours,
            DeadlineText = language == "en"
                ? $"within {request.DeadlineHours} hours of receipt"
                : $"trong vòng {request.DeadlineHours} giờ kể từ khi nhận được yêu cầu",
            ReplyTo = from,
            CaseId = string.Join(", ", order.Subjects.Select(subject => subject.Request.CaseId).Distinct(StringComparer.Ordinal)),
            Checkpoint = order.Checkpoint,
            Escalation = order is { Kind: NoticeKind.Escalation, To: { } to, Parent: { } first } ? new NoticeEscalation(to.Action, first.Id, Desk.DayOf(request.LadderSince ?? first.SentAt ?? order.Now)) : null,
        };
    }

    /// <summary>The addressee of the version it follows, who need not be one of the platform's own; else the platform's first choice.</summary>
    private static ChannelProfile? ChannelOf(DraftOrder order, PlatformProfile platform) => order.Parent switch
    {
        { Kind: NoticeKind.Escalation or NoticeKind.Relay } escalated => new ChannelProfile { Kind = escalated.Channel, Address = escalated.To, Addressee = escalated.Addressee },
        { } earlier when platform.Channels.FirstOrDefault(one => one.Address == earlier.To) is { } same => same,
        _ => platform.Channels.Count > 0 ? platform.Channels[0] : null,
    };

    private static string LanguageOf(DraftOrder order, PlatformProfile platform) =>
        order.To?.Language ?? (order.Parent is { Kind: NoticeKind.Escalation or NoticeKind.Relay } escalated ? escalated.Language : platform.Language);
}
