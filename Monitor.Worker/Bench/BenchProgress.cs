namespace Monitor.Worker.Bench;

/// <summary>Told now and then what is being done and how far it is.</summary>
public delegate void BenchProgress(string what, long done, long total);
