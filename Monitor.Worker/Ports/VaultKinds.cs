namespace Monitor.Worker.Ports;

/// <summary>What an item of the vault holds, for the kinds that more than one room asks for. Stored with every item: a word once used stays.</summary>
public static class VaultKinds
{
    /// <summary>The exchanges of one look, as WARC records that are not compressed.</summary>
    public const string Exchanges = "exchanges";

    /// <summary>One media file's exchange, as WARC records that are not compressed.</summary>
    public const string MediaExchange = "media-exchange";

    /// <summary>A media file that came without an exchange of its own, as a data: URL.</summary>
    public const string Media = "media";

    /// <summary>Title and visible text of a page.</summary>
    public const string Text = "text";

    /// <summary>The document as a browser rendered it.</summary>
    public const string Rendered = "rendered";

    /// <summary>How a look's page looked, made from its records: picture, print, saved page.</summary>
    public const string RenderPng = "render-png";
    public const string RenderPdf = "render-pdf";
    public const string RenderMhtml = "render-mhtml";

    /// <summary>What a person saved of a look.</summary>
    public const string HumanCapture = "human-capture";

    public static bool IsMedia(string kind) => kind is MediaExchange or Media;

    /// <summary>True: WARC records.</summary>
    public static bool IsRecords(string kind) => kind is Exchanges or MediaExchange;
}
