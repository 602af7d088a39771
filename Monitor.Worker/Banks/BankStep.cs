namespace Monitor.Worker.Banks;

/// <summary>Where an import stands; tests end the process's life between two of them.</summary>
internal enum BankStep
{
    Read,
    BankWritten,
    IndexWritten,
    Committed,
    Swapped,
}
