namespace Monitor.Rules.Takedowns;

/// <summary>What says that a notice was delivered, weakest first. A stronger one replaces a weaker, and the clocks keep the first instant.</summary>
public static class DeliveryLabels
{
    /// <summary>The receiving server's 250: it took responsibility, no more.</summary>
    public const string Server = "server-250";

    /// <summary>A copy was found in our own Sent folder or the platform knows the key: the send had been accepted.</summary>
    public const string Reconciled = "reconciled";

    /// <summary>Delivery status notification "delivered" (RFC 3464).</summary>
    public const string Dsn = "dsn";

    /// <summary>The API's receipt.</summary>
    public const string Receipt = "receipt";

    /// <summary>The form's confirmation, recorded by a person with a capture.</summary>
    public const string Confirmation = "confirmation";

    /// <summary>The addressee answered: it has it.</summary>
    public const string Answer = "answer";

    /// <summary>From the weakest to the strongest.</summary>
    public static IReadOnlyList<string> All { get; } = [Server, Reconciled, Dsn, Receipt, Confirmation, Answer];

    /// <summary>Whether the first says more about the arrival than the second; anything says more than nothing.</summary>
    public static bool IsStronger(string label, string? than) => Strength(label) > Strength(than);

    private static int Strength(string? label)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == label)
            {
                return i;
            }
        }

        return -1;
    }
}
