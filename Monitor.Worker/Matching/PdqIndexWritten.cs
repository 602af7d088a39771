namespace Monitor.Worker.Matching;

/// <summary>What an index file came to.</summary>
/// <param name="Filed">Entries that can be found.</param>
/// <param name="LowQuality">Entries left out because their picture had too little detail.</param>
/// <param name="Degenerate">Entries left out because nearly all their bits are equal.</param>
/// <param name="Bytes">Of the file.</param>
public sealed record PdqIndexWritten(int Entries, int Filed, int LowQuality, int Degenerate, long Bytes);
