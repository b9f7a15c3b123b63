"""The passes of RNN, LSTM and GRU once more, compiled; NumPy does the same where nothing loads."""
