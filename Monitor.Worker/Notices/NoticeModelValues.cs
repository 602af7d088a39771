using System.Globalization;
using System.Text;
using Fluid.Values;

namespace Monitor.Worker.Notices;

/// <summary>The model in the form that templates read: snake_case names, one-line texts.</summary>
internal static class NoticeModelValues
{
    public static IReadOnlyDictionary<string, FluidValue> Of(NoticeModel model) => new Dictionary<string, FluidValue>(StringComparer.Ordinal)
    {
        ["notice"] = Group(
            "notice",
            ("reference", Text(model.Notice.Reference)),
            ("version", NumberValue.Create(model.Notice.Version)),
            ("parent_reference", Text(model.Notice.ParentReference)),
            ("resent_copy", BooleanValue.Create(model.Notice.ResentCopy)),
            ("kind", Text(model.Notice.Kind)),
            ("urgency", Text(model.Notice.Urgency)),
            ("created_on", Day(model.Notice.CreatedOn)),
            ("document_number", Text(model.Notice.DocumentNumber))),
        ["agency"] = Group(
            "agency",
            ("name", Text(model.Agency.Name)),
            ("name_english", Text(model.Agency.NameEnglish)),
            ("superior", Text(model.Agency.Superior)),
            ("place", Text(model.Agency.Place)),
            ("address", Text(model.Agency.Address)),
            ("email", Text(model.Agency.Email)),
            ("phone", Text(model.Agency.Phone))),
        ["signer"] = Group("signer", ("name", Text(model.Signer.Name)), ("title", Text(model.Signer.Title))),
        ["platform"] = Group("platform", ("name", Text(model.PlatformName))),
        ["addressee"] = Text(model.Addressee),
        ["category"] = Group("category", ("vi", Text(model.CategoryVietnamese)), ("en", Text(model.CategoryEnglish))),
        ["basis"] = Group(
            "basis",
            ("citation", Text(model.Basis.Citation)),
            ("citation_english", Text(model.Basis.CitationEnglish)),
            ("valid_from", Day(model.Basis.ValidFrom))),
        ["items"] = new ArrayValue([.. model.Items.Select(Item)]),
        ["requested_actions"] = Texts(model.RequestedActions),
        ["deadline"] = Group("deadline", ("hours", NumberValue.Create(model.DeadlineHours)), ("text", Text(model.DeadlineText))),
        ["reply_to"] = Text(model.ReplyTo),
        // The only value of several lines: our own signed note, which is of no use in one line.
        ["checkpoint"] = model.Checkpoint is { Length: > 0 } checkpoint ? new StringValue(checkpoint) : AbsentValue.Instance,
        ["case_id"] = Text(model.CaseId),
        ["escalation"] = Group(
            "escalation",
            ("action", Text(model.Escalation?.Action)),
            ("first_reference", Text(model.Escalation?.FirstReference)),
            ("since", model.Escalation is { } escalation ? Day(escalation.Since) : AbsentValue.Instance)),
    };

    private static FluidValue Item(NoticeItem item) => Group(
        "item",
        ("url", Text(item.Url)),
        ("media", Texts(item.Media)),
        ("account", Text(item.Account)),
        ("post", Text(item.Post)),
        ("digests", new ArrayValue([.. item.Digests.Select(digest => Group("digest", ("kind", Text(digest.Kind)), ("value", Text(digest.Value))))])),
        ("first_seen", Moment(item.FirstSeen)),
        ("last_seen", Moment(item.LastSeen)));

    private static ModelValue Group(string path, params (string Name, FluidValue Value)[] members) =>
        new(path, members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal));

    private static ArrayValue Texts(IEnumerable<string> texts) => new([.. texts.Select(Text)]);

    private static FluidValue Text(string? text) => string.IsNullOrWhiteSpace(text) ? AbsentValue.Instance : new StringValue(OneLine(text));

    private static StringValue Day(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static StringValue Moment(DateTimeOffset moment) => new(moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    /// <summary>
    /// Values of the model come from pages and registers: one must not add lines to a document or, through characters that turn
    /// the writing direction, read differently than it is.
    /// </summary>
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            UnicodeCategory category = char.GetUnicodeCategory(character);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                line.Append(' ');
            else if (character is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\uFEFF'))
                line.Append(character);
        }

        return line.ToString().Trim();
    }
}
