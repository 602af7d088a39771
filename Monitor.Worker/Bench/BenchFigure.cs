namespace Monitor.Worker.Bench;

/// <summary>One measured number.</summary>
/// <param name="Name">"room.what", stable: people keep series of it.</param>
/// <param name="N">How many were measured.</param>
/// <param name="Method">How it was measured, in one sentence.</param>
public sealed record BenchFigure(string Name, double Value, string Unit, int N, string Method);
