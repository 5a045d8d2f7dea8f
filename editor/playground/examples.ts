/** An example to choose, with what it shows. */
export interface Example {
  /** The file of `examples/`. */
  readonly file: string;
  readonly title: string;
  readonly shows: string;
  /** For a text that is no file of `examples/`. */
  readonly text?: string;
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

/** Texts by the names of their files. */
export type Examples = Readonly<Record<string, string>>;

export const firstExample = 'digits.net';

export const exampleGroups: readonly ExampleGroup[] = [
  {
    title: 'Begin here',
    examples: [
      { file: 'digits.net', title: 'Digits', shows: 'A small network that reads what you draw' },
      { file: 'lenet.net', title: 'LeNet', shows: 'Two convolutions and three linear layers, as one would draw them' },
      {
        file: 'mistake.net',
        title: 'A mistake to mend',
        shows: 'The picture has grown, and a size does not fit any more',
        text: `## LeNet with a larger picture: one size does not fit any more, and netc knows what to do about it.
net LeNet(image: [3, 52, 52]) -> [10] {
  conv1: conv 3->6 k5 | relu | maxpool 2
  conv2: conv 6->16 k5 | relu | maxpool 2
  flatten
  fc1: linear 400->120 | relu
  fc2: linear 120->84 | relu
  fc3: linear 84->10
}
`,
      },
      {
        file: 'activation.net',
        title: 'An activation of your own',
        shows: 'One line defines it, for every target',
        text: `## Like relu, with a round corner; b says how round.
act squareplus(x, b = 4) = (x + sqrt(x * x + b)) / 2

net Tiny(image: [1, 28, 28]) -> [10] {
  conv 1->8 k3 s2 | squareplus
  conv 8->16 k3 s2 | squareplus b=1
  flatten
  linear ->10
}
`,
      },
    ],
  },
  {
    title: 'Pieces and joins',
    examples: [
      { file: 'unet.net', title: 'U-Net', shows: 'A block, skips, and sizes that stay open: H and W' },
      { file: 'siamese.net', title: 'Siamese', shows: 'Two inputs through layers that share their weights' },
      { file: 'squeezenet1_1.net', title: 'SqueezeNet', shows: 'Branches that are joined along the channels' },
      { file: 'googlenet.net', title: 'GoogLeNet', shows: 'Inception: four branches in a block' },
      { file: 'densenet121.net', title: 'DenseNet-121', shows: 'Every layer sees all before it: repeats in repeats' },
      { file: 'shufflenet_v2_x1_0.net', title: 'ShuffleNet V2', shows: 'Channels are split, joined and shuffled' },
    ],
  },
  {
    title: 'Networks for pictures',
    examples: [
      { file: 'alexnet.net', title: 'AlexNet', shows: 'Five convolutions and most of the weights at the end' },
      { file: 'vgg11.net', title: 'VGG-11', shows: 'Convolutions of 3×3, one after the other' },
      { file: 'resnet18.net', title: 'ResNet-18', shows: 'Residual blocks, some of which halve the picture' },
      { file: 'resnet34.net', title: 'ResNet-34', shows: 'The same blocks, more often' },
      { file: 'resnet50.net', title: 'ResNet-50', shows: 'Bottlenecks: narrow inside, wide outside' },
      { file: 'mobilenet_v2.net', title: 'MobileNet V2', shows: 'Inverted residuals, and a block that is imported' },
      { file: 'mobilenet_v3_small.net', title: 'MobileNet V3, small', shows: 'Blocks whose activation is a parameter' },
      {
        file: 'mobilenet_v3_large.net',
        title: 'MobileNet V3, large',
        shows: 'Squeeze and excitation in some of the blocks',
      },
      { file: 'mnasnet1_0.net', title: 'MNASNet', shows: 'What a search made of the same blocks' },
      { file: 'efficientnet_b0.net', title: 'EfficientNet-B0', shows: 'Stages that differ in numbers alone' },
      {
        file: 'regnet_y_400mf.net',
        title: 'RegNetY-400MF',
        shows: 'Groups of channels, and widths that follow a rule',
      },
      {
        file: 'convnext_tiny.net',
        title: 'ConvNeXt-T',
        shows: 'A convolutional network with the manners of a transformer',
      },
      {
        file: 'lraspp_mobilenet_v3_large.net',
        title: 'LR-ASPP',
        shows: 'A class for every pixel; blocks of another network are imported',
      },
    ],
  },
  {
    title: 'Sequences, sound and noise',
    examples: [
      { file: 'vit_b_16.net', title: 'ViT-B/16', shows: 'A picture cut in pieces, read by a transformer' },
      { file: 'swin_t.net', title: 'Swin-T', shows: 'Attention in windows, written from its parts' },
      { file: 'gpt.net', title: 'GPT', shows: 'A small language model with causal attention' },
      { file: 'char_lstm.net', title: 'Character LSTM', shows: 'Letters in, a guess at the next letter out' },
      { file: 'keyword_spotting.net', title: 'Keyword spotting', shows: 'Convolutions along a sound of any length' },
      { file: 'dcgan.net', title: 'DCGAN', shows: 'From noise to a picture: deconvolutions' },
    ],
  },
];

export function exampleOf(file: string): Example | undefined {
  return exampleGroups.flatMap(({ examples }) => examples).find((example) => example.file === file);
}
