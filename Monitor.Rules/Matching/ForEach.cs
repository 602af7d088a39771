namespace Monitor.Rules.Matching;

/// <summary>Runs <paramref name="body"/> for 0 … <paramref name="count"/> − 1, in any order, perhaps several at once: who owns the threads decides.</summary>
public delegate void ForEach(int count, Action<int> body);
