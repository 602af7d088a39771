using Monitor.Rules.Hashing;

namespace Monitor.Worker.Media;

/// <summary>Is handed the pixels of one frame, for the time of the call.</summary>
/// <param name="index">The frame's number in the file, from 0.</param>
public delegate void FrameSeen(in PixelView pixels, int index);
