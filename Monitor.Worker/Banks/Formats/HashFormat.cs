namespace Monitor.Worker.Banks.Formats;

/// <summary>The forms in which hash lists are handed over.</summary>
public enum HashFormat
{
    /// <summary>One hash a line, a label behind it; "+" and "-" before it in a delta; "# checkpoint: …", "# base: …".</summary>
    Plain,

    /// <summary>Columns chosen by the caller or named in the first line.</summary>
    Csv,

    /// <summary>The rows ThreatExchange's tools keep in simple.TYPE.te: indicator, descriptor id, added on, tags.</summary>
    ThreatExchange,

    /// <summary>The files python-threatexchange reads: kind, space, hash.</summary>
    Signals,

    /// <summary>The XML answers of NCMEC's hash sharing API, version 2.</summary>
    Ncmec,

    /// <summary>The JSON that Project VIC and CAID exchange (VICS 1.x, 2.0).</summary>
    Vics,
}
