namespace Monitor.Rules.Takedowns;

/// <summary>One way to reach an addressee.</summary>
public sealed record ChannelProfile
{
    public required ChannelKind Kind { get; init; }

    /// <summary>Mailbox (SMTP), or the https URL that is posted to (API) or opened by a person (form).</summary>
    public required string Address { get; init; }

    /// <summary>Name of the addressee as printed ("Bộ phận pháp lý …").</summary>
    public required string Addressee { get; init; }

    /// <summary>Only with <see cref="ChannelKind.Api"/>.</summary>
    public ApiChannelProfile? Api { get; init; }

    /// <summary>Only with <see cref="ChannelKind.Smtp"/>: what the mail has beside its text; some desks refuse attachments or HTML.</summary>
    public IReadOnlyList<MailPart> Parts { get; init; } = AllParts;

    public static IReadOnlyList<MailPart> AllParts { get; } = [MailPart.Html, MailPart.Pdf, MailPart.XArf];

    /// <summary>Only with <see cref="ChannelKind.Form"/>: what the form asks for, in its order.</summary>
    public IReadOnlyList<FormField> Form { get; init; } = [];
}

/// <summary>A form of a notice that a mail may carry beside its text. The clerk's signed document always goes.</summary>
public enum MailPart
{
    Html,
    Pdf,
    XArf,
}

public enum ChannelKind
{
    Smtp,

    /// <summary>HTTPS POST of JSON.</summary>
    Api,

    /// <summary>A web form that a person fills in; the software gives the text and records the confirmation.</summary>
    Form,
}

/// <param name="Label">As the form calls it.</param>
/// <param name="Value">Liquid over the notice model, for instance "{{ items[0].url }}".</param>
public sealed record FormField(string Label, string Value);
